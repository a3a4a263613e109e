// A black hole: connections come about and nothing ever comes through; after a while, if one is given, they are closed.
import { humanDuration } from '../model/duration.ts'
import type { FaultOf } from '../model/fault.ts'
import { msOf, silenceMs, toxicKind } from './toxic-kind.ts'

export const timeout = toxicKind<FaultOf<'timeout'>>({
  type: 'timeout',
  attributes: (fault) => ({ timeout: msOf(fault.after) }),
  effect: (fault) => {
    const after = msOf(fault.after)
    return after === 0
      ? 'disappear, and connections stay open'
      : `disappear, and connections are closed after ${humanDuration(after)}`
  },
  // A server that closes after its answer ends the connection even through the toxic: it must be one that stays.
  manner: () => 'stay',
  strengthMs: () => Infinity,
  judge: (fault) => {
    const after = msOf(fault.after)
    // A long wait need not be watched to its end: silence is what callers suffer from.
    const closes = (before: { totalMs: number }) => after > 0 && after <= silenceMs(before)
    return {
      patienceMs: (before) => (closes(before) ? after + 1_000 : silenceMs(before)),
      blind: () => undefined,
      bites: (before, seen) =>
        closes(before)
          ? seen.outcome === 'closed' && seen.totalMs >= 0.8 * after
          : seen.outcome === 'silent' && seen.connectMs !== undefined,
      gone: (_, seen) => seen.outcome === 'answered',
    }
  },
})
