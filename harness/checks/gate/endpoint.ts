// Does an endpoint say what it was said to say, and say it in time: with nothing going on, under load, with a dependency away?
import { humanDuration, parseDuration } from '../../model/duration.ts'
import type { CheckOf, Condition } from '../../model/gate-check.ts'
import type { FactValue } from '../../model/gate-evidence.ts'
import { count } from '../wording.ts'
import { byAllLooks, quantile, tally } from './look.ts'
import type { GateJudge } from './look.ts'

type Check = CheckOf<'endpoint'>
type Answers = FactValue<'endpoint'>

/** Fewer answers say nothing of the slowest five in a hundred. */
const FEWEST = 20

export const endpoint: GateJudge<'endpoint'> = {
  describe(check) {
    const { services, method, path, status, body, p95, when } = check
    const fields = Object.entries(body ?? {}).map(([field, value]) => (value === null ? field : `${field} ${JSON.stringify(value)}`))
    const limit = p95 === undefined ? '' : `, 95 of 100 within ${p95}`
    return `${method} ${path} of ${services.join(', ')} answers ${status}${fields.length === 0 ? '' : ` with ${fields.join(', ')}`}${limit} (${when.map((one) => say(one, check)).join(', ')})`
  },
  judge: byAllLooks('endpoint', (check, value) => {
    const asked = check.services.flatMap((service) => check.when.map((when) => ({ where: `${service} ${say(when, check)}`, answers: value.filter((one) => one.service === service && one.when === when) })))
    const few = check.p95 === undefined ? 1 : FEWEST
    const unknown = asked.filter(({ answers }) => answers.length < few).map(({ where, answers }) => `${where}: ${count(answers.length, 'answer')}`)
    const wrong = asked.flatMap(({ where, answers }) => faultsOf(answers, check).map((what) => `${where}: ${what}`))
    const all = asked.flatMap(({ answers }) => answers.map(({ ms }) => ms))
    return tally({ wrong, unknown, good: `${count(all.length, 'answer')}, p95 ${humanDuration(quantile(all, 0.95))}` })
  }),
}

function say(when: Condition, { without }: Check): string {
  return { idle: 'idle', load: 'under load', without: `without ${without}` }[when]
}

function faultsOf(answers: Answers, { status, body = {}, p95 }: Check): readonly string[] {
  const other = answers.filter((one) => one.status !== status)
  const empty = Object.entries(body).filter(([field, wanted]) => answers.some((one) => !holds(fieldOf(one.body, field), wanted)))
  const slow = quantile(answers.map(({ ms }) => ms), 0.95)
  return [
    ...(other[0] === undefined ? [] : [`${other.length} of ${answers.length} answered ${other[0].status ?? `nothing (${other[0].error ?? 'no reason given'})`}`]),
    ...empty.map(([field, wanted]) => `${field} is not ${wanted === null ? 'there' : JSON.stringify(wanted)}`),
    ...(p95 !== undefined && slow > parseDuration(p95) ? [`p95 was ${humanDuration(slow)}, wanted ${p95}`] : []),
  ]
}

function holds(value: unknown, wanted: unknown): boolean {
  return wanted === null ? value !== undefined : value === wanted
}

function fieldOf(body: unknown, field: string): unknown {
  return field.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key], body)
}
