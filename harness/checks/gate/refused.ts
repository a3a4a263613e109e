// Is whoever has no business there turned away, and not only because nobody is let in at all?
import { count } from '../wording.ts'
import type { FactValue } from '../../model/gate-evidence.ts'
import { byLooks, tally } from './look.ts'
import type { GateJudge } from './look.ts'

type Call = FactValue<'refused'>[number]
const CREDENTIALS = { none: 'without credentials', tampered: 'with a tampered token', expired: 'with an expired token', guest: 'as a guest' } as const

export const refused: GateJudge<'refused'> = {
  describe: ({ calls, credentials, status }) =>
    `${CREDENTIALS[credentials]} each of these is refused with ${status.join(' or ')}: ${calls.map(({ service, method, path }) => `${method} ${path} of ${service}`).join(', ')}`,
  judge: byLooks('refused', ({ calls, status }, value) => {
    const made = calls.map((call) => ({ name: `${call.method} ${call.path} of ${call.service}`, answer: value.find((one) => one.service === call.service && one.method === call.method && one.path === call.path) }))
    const unknown = made.flatMap(({ name, answer }) => doubtOf(name, answer, status))
    const wrong = made.flatMap(({ name, answer }) => (answer?.status === undefined || status.includes(answer.status) ? [] : [`${name} answered ${answer.status}`]))
    return tally({ wrong, unknown, good: `${count(calls.length, 'call')} refused` })
  }),
}

/** Of an answer to those who may, these say no more than that nobody is let in. */
const SHUT = [401, 403, 429]

function doubtOf(name: string, answer: Call | undefined, refusals: readonly number[]): readonly string[] {
  if (answer === undefined) return [`${name} was not tried`]
  if (answer.status === undefined) return [`${name} did not answer (${answer.error ?? 'no reason given'})`]
  const { honest, nobody } = answer
  if (nobody !== undefined) return [`${name} may refuse everybody (${nobody})`]
  // that something is not there is told to nobody but those who were let in
  return honest !== undefined && (honest >= 500 || [...SHUT, ...refusals].includes(honest)) ? [`${name} answers ${honest} to those who may, too`] : []
}
