// The line gets narrow: bytes come at a given rate, or not at all when the rate is 0.
import type { FaultOf } from '../model/fault.ts'
import type { Look } from '../probes/edge.ts'
import { saidOrHeard } from './direction.ts'
import { silenceMs, slackMs, toxicKind } from './toxic-kind.ts'

/** A transfer that the fault stretches by less than this cannot be told from noise. */
const LEAST_MS = 10
/** A look need not see the whole transfer: its rate shows earlier. */
const LONGEST_MS = 15_000

/** 1 KB/s is 1 000 bytes per second to Toxiproxy, so also bytes per millisecond. */
export const bandwidth = toxicKind<FaultOf<'bandwidth'>>({
  type: 'bandwidth',
  attributes: (fault) => ({ rate: fault.rate }),
  effect: (fault) => (fault.rate === 0 ? 'stall' : `come at ${fault.rate} KB/s at most`),
  manner: () => 'long',
  strengthMs: (fault) => (fault.rate === 0 ? Infinity : 0),
  judge: (fault) => (fault.rate === 0 ? stalled : narrowed(fault)),
})

const stalled = {
  patienceMs: silenceMs,
  blind: () => undefined,
  bites: (_: Look, seen: Look) => seen.outcome === 'silent',
  gone: (_: Look, seen: Look) => seen.outcome === 'answered',
}

function narrowed(fault: FaultOf<'bandwidth'>) {
  const rateOf = (look: Look) => saidOrHeard(fault, look) / Math.max(0.1, look.totalMs - (look.connectMs ?? 0))
  return {
    patienceMs: (before: Look) =>
      Math.min(LONGEST_MS, (1.5 * saidOrHeard(fault, before)) / fault.rate + slackMs(before)),
    blind: (before: Look) => {
      const bytes = saidOrHeard(fault, before)
      if (bytes / fault.rate < LEAST_MS)
        return `${bytes} bytes pass ${fault.rate} KB/s within ${LEAST_MS} ms, as they do without the fault`
      return rateOf(before) < 2 * fault.rate
        ? `${bytes} bytes took ${before.totalMs} ms before the fault already`
        : undefined
    },
    bites: (_: Look, seen: Look) => seen.outcome === 'answered' && rateOf(seen) <= 1.25 * fault.rate,
    gone: (_: Look, seen: Look) => seen.outcome === 'answered' && rateOf(seen) > 1.5 * fault.rate,
  }
}
