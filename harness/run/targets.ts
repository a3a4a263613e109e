// The look at what Prometheus can scrape, before anything is done to the system.
import { probeTargets } from '../probes/targets.ts'
import { exceptDeadline, poll } from '../time/poll.ts'
import { contextOf, record } from './gather.ts'
import type { DrillStage } from './run-drill.ts'

/** What an earlier drill has killed is back by then; a full machine misses a scrape now and then. */
const UP_WITHIN_MS = 10_000

/** Journals the last look; false when some target stayed down, and a drill would only find what is broken already. */
export async function targetsAreUp(stage: DrillStage): Promise<boolean> {
  const { session, signal } = stage
  let seen = await probeTargets(contextOf(stage))
  const allUp = () => seen.covered && seen.value.every(({ health }) => health === 'up')
  const wait = { clock: session.world.clock, within: UP_WITHIN_MS, every: 250, signal, what: 'every target to be up' }
  const look = async () => {
    if (!allUp()) seen = await probeTargets(contextOf(stage))
    return allUp()
  }
  await poll(wait, look).catch(exceptDeadline)
  record(stage, seen)
  return allUp() || !seen.covered
}
