// How the scrape targets of these services are doing, as Prometheus sees them.
import { exceptDeadline, poll } from '../../time/poll.ts'
import { probeTargets } from '../targets.ts'
import type { GateProbe } from './gate-probe.ts'

/** Real milliseconds for another scrape to come, where one was cut short. */
const AGAIN_MS = 5_000
/** As Prometheus says it. In an accelerated run it gives its targets a part of a second, and a busy machine may take that. */
const CUT_SHORT = /context deadline exceeded/

/** One that did not answer in time is looked at again: only who never does is down for that. */
export const targets: GateProbe<'targets'> = async ({ services }, scene) => {
  const { clock, signal } = scene
  let seen = await probeTargets(scene)
  const own = () => seen.value.filter(({ service }) => services.includes(service))
  const look = async () => {
    if (!own().some(({ health, lastError }) => health === 'down' && CUT_SHORT.test(lastError))) return true
    seen = await probeTargets(scene)
    return undefined
  }
  await poll({ clock, signal, within: AGAIN_MS, every: 500, what: 'scrapes' }, look).catch(exceptDeadline)
  const { covered, missing } = seen
  return { value: own(), covered, ...(missing === undefined ? {} : { missing }) }
}
