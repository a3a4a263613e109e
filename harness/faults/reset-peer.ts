// Connections break off: once data has come, they are reset, at once or after a while.
import { humanDuration } from '../model/duration.ts'
import type { FaultOf } from '../model/fault.ts'
import { msOf, slackMs, toxicKind } from './toxic-kind.ts'

/**
 * A connection opened under the fault ends with a reset; one that was open before ends with an orderly close, for
 * Toxiproxy sets the linger option only when a connection starts. A look opens its own; still a close counts, since a
 * published container port turns resets into closes.
 */
export const reset_peer = toxicKind<FaultOf<'reset_peer'>>({
  type: 'reset_peer',
  attributes: (fault) => ({ timeout: msOf(fault.after) }),
  effect: (fault) => {
    const after = msOf(fault.after)
    const when = after === 0 ? 'as soon as' : `${humanDuration(after)} after`
    return `are lost: connections are reset ${when} the first bytes come`
  },
  manner: () => 'short',
  strengthMs: () => Infinity,
  judge: (fault) => ({
    patienceMs: (before) => msOf(fault.after) + slackMs(before),
    blind: () => undefined,
    bites: (_, seen) =>
      ['reset', 'closed'].includes(seen.outcome) && seen.bytes === 0 && seen.totalMs >= 0.8 * msOf(fault.after),
    gone: (_, seen) => seen.outcome === 'answered',
  }),
})
