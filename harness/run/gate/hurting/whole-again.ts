// Waits until every service says that it is ready again, so that what was taken away for one look does not spoil the next.
import { isReady } from '../../../stack/readiness.ts'
import { exceptDeadline, poll } from '../../../time/poll.ts'
import { messageOf } from '../../../errors.ts'
import type { HurtingScene } from './hurting-scene.ts'

/** Who lost a database tries again for as long as this. Real time. */
const WITHIN_MS = 60_000

/** What is still missing when time is up; undefined when all is as it was. */
export async function notWholeAgain({ rig, clock, signal }: Pick<HurtingScene, 'rig' | 'clock' | 'signal'>): Promise<string | undefined> {
  const speaking = rig.stack.services.filter(({ harness, ports }) => harness.ready !== undefined && ports.length > 0)
  let waiting: readonly string[] = []
  await poll({ clock, signal, within: WITHIN_MS, every: 250, what: 'every service to be ready again' }, async () => {
    const looks = speaking.map(async (spec) => {
      const ready = isReady(spec, { address: (port) => rig.address(spec.name, port), clock, signal })
      return (await ready.catch((thrown: unknown) => messageOf(thrown))) === true ? [] : [spec.name]
    })
    waiting = (await Promise.all(looks)).flat()
    return waiting.length === 0
  }).catch(exceptDeadline)
  return waiting.length === 0 ? undefined : `${waiting.join(', ')} not ready again ${WITHIN_MS / 1_000} s later`
}
