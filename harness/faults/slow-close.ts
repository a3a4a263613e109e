// Connections linger: their end comes late, and pools fill with the half-dead.
import { humanDuration } from '../model/duration.ts'
import type { FaultOf } from '../model/fault.ts'
import type { Look } from '../probes/edge.ts'
import { isUpstream } from './direction.ts'
import { msOf, slackMs, toxicKind } from './toxic-kind.ts'

const LEAST_MS = 5

export const slow_close = toxicKind<FaultOf<'slow_close'>>({
  type: 'slow_close',
  attributes: (fault) => ({ delay: msOf(fault.delay) }),
  effect: (fault) => `come in time, but the close after them ${humanDuration(msOf(fault.delay))} late`,
  // Downstream it is the server's goodbye that is held back, upstream it is ours.
  manner: (fault) => (isUpstream(fault) ? 'stay' : 'short'),
  strengthMs: (fault) => msOf(fault.delay),
  judge: (fault) => {
    const late = msOf(fault.delay)
    return {
      patienceMs: (before) => late + slackMs(before),
      blind: (before) => {
        if (before.closeMs === undefined)
          return 'the connection stayed open after the exchange, so no close can come late'
        return late < LEAST_MS ? `a delay below ${LEAST_MS} ms cannot be told from noise` : undefined
      },
      bites: (before, seen) => seen.outcome === 'answered' && addedMs(before, seen) >= 0.8 * late,
      gone: (before, seen) => seen.outcome === 'answered' && addedMs(before, seen) < 0.5 * late,
    }
  },
})

/** NaN, which is neither late nor in time, when the connection was still open at the end of the look. */
function addedMs(before: Look, seen: Look): number {
  return (seen.closeMs ?? NaN) - (before.closeMs ?? 0)
}
