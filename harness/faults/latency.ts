// Everything comes late, in one direction: the commonest illness of a database and of a network.
import { humanDuration } from '../model/duration.ts'
import type { FaultOf } from '../model/fault.ts'
import type { Look } from '../probes/edge.ts'
import { msOf, slackMs, toxicKind } from './toxic-kind.ts'

/** Toxiproxy delays each chunk, not the connect; jitter below zero means no delay. */
const LEAST_MS = 5

export const latency = toxicKind<FaultOf<'latency'>>({
  type: 'latency',
  attributes: (fault) => ({ latency: msOf(fault.latency), jitter: msOf(fault.jitter) }),
  effect: (fault) => {
    const jitter = fault.jitter === undefined ? '' : `, give or take ${humanDuration(msOf(fault.jitter))}`
    return `arrive ${humanDuration(msOf(fault.latency))} late${jitter}`
  },
  manner: () => 'short',
  strengthMs: (fault) => msOf(fault.latency),
  steady: (fault) => msOf(fault.jitter) === 0,
  judge: (fault) => {
    const late = msOf(fault.latency)
    const jitter = msOf(fault.jitter)
    // Jitter as great as the latency gives anything from nothing to twice as much.
    const [bite, rest] = jitter > 0 ? [0.5, 0.25] : [0.8, 0.5]
    return {
      patienceMs: (before) => late + jitter + slackMs(before),
      blind: () => (late < LEAST_MS ? `a delay below ${LEAST_MS} ms cannot be told from noise` : undefined),
      bites: (before, seen) => seen.outcome === 'answered' && addedMs(before, seen) >= bite * late,
      gone: (before, seen) => seen.outcome === 'answered' && addedMs(before, seen) < rest * late,
    }
  },
})

function addedMs(before: Look, seen: Look): number {
  return (seen.firstByteMs ?? NaN) - (before.firstByteMs ?? 0)
}
