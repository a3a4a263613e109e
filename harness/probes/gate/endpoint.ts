// What an endpoint of each service answers, several times over, while nothing goes on or while the everyday load runs.
import type { Answer } from '../../model/gate-evidence.ts'
import type { CheckOf } from '../../model/gate-check.ts'
import { observe } from '../probe.ts'
import { callService } from './call.ts'
import type { GateProbe } from './gate-probe.ts'

type Check = CheckOf<'endpoint'>

/** Enough for the slowest five in a hundred to be somebody, where times are asked for; else a few, since one may be luck. */
const CALLS = { timed: 40, untimed: 3 } as const
/** Real milliseconds between two calls to a service. */
const PAUSE_MS = 50

/** A service that does not answer is evidence, not a gap. */
export const endpoint: GateProbe<'endpoint'> = (check, scene) =>
  observe(scene.signal, [], async () => {
    const answers: (Answer & { readonly when: typeof scene.condition })[] = []
    for (let round = 0; round < (check.p95 === undefined ? CALLS.untimed : CALLS.timed); round++) {
      if (round > 0) await scene.clock.sleep(PAUSE_MS, scene.signal)
      for (const service of check.services) {
        const { path, method, port } = check
        answers.push({ ...fieldsOnly(await callService(scene, { service, port, path, method }), check), when: scene.condition })
      }
    }
    return { value: answers }
  })

/** Of the body nothing but what is asked for, with all that is inside of it. */
function fieldsOnly({ body, ...answer }: Answer, check: Check): Answer {
  if (check.body === undefined) return answer
  const fields = new Set(Object.keys(check.body).map((field) => field.split('.')[0] ?? ''))
  const kept = Object.entries(typeof body === 'object' && body !== null ? body : {}).filter(([name]) => fields.has(name))
  return { ...answer, body: Object.fromEntries(kept) }
}
