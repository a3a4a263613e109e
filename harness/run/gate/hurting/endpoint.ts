// What endpoints answer while a service is away that they may need.
import { HarnessError } from '../../../errors.ts'
import type { CheckOf } from '../../../model/gate-check.ts'
import type { FactValue } from '../../../model/gate-evidence.ts'
import { parsedJson } from '../../../probes/http-client.ts'
import { observe } from '../../../probes/probe.ts'
import { withoutService } from './away.ts'
import { callOnce } from './call.ts'
import type { HurtingLook, HurtingScene } from './hurting-scene.ts'
import { notWholeAgain } from './whole-again.ts'

/** As many as it takes to speak of 95 in a hundred; where nobody asks how fast it is, a few show as much. */
const TIMED_CALLS = 20
const CALLS = 5

type Check = CheckOf<'endpoint'>
type Answers = FactValue<'endpoint'>

export const endpoint: HurtingLook<'endpoint'> = (check, scene) =>
  observe<Answers>(scene.signal, [], async () => {
    if (check.without === undefined) return { value: [], missing: 'nothing was to be taken away' }
    const value = await withoutService(check.without, scene, () => askAll(check, scene))
    return { value, missing: await notWholeAgain(scene) }
  })

/** Those that are timed one after the other: side by side they would be timed at each other's cost. */
async function askAll(check: Check, scene: HurtingScene): Promise<Answers> {
  if (check.p95 === undefined) return (await Promise.all(check.services.map((service) => askOne(service, check, scene)))).flat()
  const answers: Answers[number][] = []
  for (const service of check.services) answers.push(...(await askOne(service, check, scene)))
  return answers
}

async function askOne(service: string, check: Check, { rig, clock, signal }: HurtingScene): Promise<Answers> {
  const port = check.port ?? rig.stack.services.find(({ name }) => name === service)?.ports[0]
  if (port === undefined) throw new HarnessError('CONTENT_INVALID', `${service} has no port that could be asked`)
  const answers: Answers[number][] = []
  while (answers.length < (check.p95 === undefined ? CALLS : TIMED_CALLS)) {
    const { status, ms, text, error } = await callOnce({ address: rig.address(service, port), method: check.method, path: check.path, clock, signal })
    const seen = { service, when: 'without' as const, ms: Math.round(ms * 10) / 10, body: parsedJson(text) }
    answers.push({ ...seen, ...(status === undefined ? {} : { status }), ...(error === undefined ? {} : { error }) })
  }
  return answers
}
