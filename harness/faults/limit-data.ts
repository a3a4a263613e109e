// Connections end after so many bytes: the truncated answer that parsers forget about.
import type { FaultOf } from '../model/fault.ts'
import { isUpstream, saidOrHeard } from './direction.ts'
import { slackMs, toxicKind } from './toxic-kind.ts'

export const limit_data = toxicKind<FaultOf<'limit_data'>>({
  type: 'limit_data',
  attributes: (fault) => ({ bytes: fault.bytes }),
  effect: (fault) => `are cut off after ${fault.bytes} bytes per connection`,
  manner: () => 'long',
  strengthMs: () => Infinity,
  judge: (fault) => ({
    patienceMs: slackMs,
    blind: (before) => {
      const bytes = saidOrHeard(fault, before)
      return bytes <= fault.bytes ? `an exchange of ${bytes} bytes stays below the limit of ${fault.bytes}` : undefined
    },
    bites: (before, seen) => {
      const ended =
        seen.outcome === 'closed' ||
        seen.outcome === 'reset' ||
        (seen.outcome === 'answered' && seen.closeMs !== undefined)
      // A request that is cut off gets no answer, or one that says so; never the usual one.
      return ended && (isUpstream(fault) ? seen.bytes < before.bytes / 2 : seen.bytes <= fault.bytes)
    },
    gone: (before, seen) =>
      seen.outcome === 'answered' && (isUpstream(fault) ? seen.bytes >= before.bytes / 2 : seen.bytes > fault.bytes),
  }),
})
