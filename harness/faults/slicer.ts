// Data comes in slivers: what was one read becomes many, and whoever expects whole messages finds out.
import { humanDuration } from '../model/duration.ts'
import type { FaultOf } from '../model/fault.ts'
import type { Look } from '../probes/edge.ts'
import { isUpstream, saidOrHeard } from './direction.ts'
import { msOf, slackMs, toxicKind } from './toxic-kind.ts'

/** Slices of a request show to its sender only by their delays, and those below this drown in noise. */
const LEAST_MS = 10
const LONGEST_MS = 15_000

export const slicer = toxicKind<FaultOf<'slicer'>>({
  type: 'slicer',
  attributes: (fault) => ({
    average_size: fault.size,
    size_variation: fault.variation ?? 0,
    delay: msOf(fault.delay) * 1_000,
  }),
  effect: (fault) => {
    const pause = fault.delay === undefined ? '' : `, ${humanDuration(msOf(fault.delay))} apart`
    return `come in slices of about ${fault.size} bytes${pause}`
  },
  manner: () => 'long',
  strengthMs: () => 0,
  steady: () => false,
  judge: (fault) => ({
    patienceMs: (before) => Math.min(LONGEST_MS, 4 * leastAddedMs(fault, before) + slackMs(before)),
    blind: (before) => blindness(fault, before),
    bites: (before, seen) => seen.outcome === 'answered' && (isCut(fault, before, seen) || isLate(fault, before, seen)),
    gone: (before, seen) => seen.outcome === 'answered' && !isCut(fault, before, seen) && !isLate(fault, before, seen),
  }),
})

function leastSlices(fault: FaultOf<'slicer'>, look: Look): number {
  return Math.ceil(saidOrHeard(fault, look) / (fault.size + (fault.variation ?? 0)))
}

/** The pauses between the fewest slices there can be. */
function leastAddedMs(fault: FaultOf<'slicer'>, look: Look): number {
  return (leastSlices(fault, look) - 1) * msOf(fault.delay)
}

function blindness(fault: FaultOf<'slicer'>, before: Look): string | undefined {
  const slices = leastSlices(fault, before)
  if (slices < 2) return `${saidOrHeard(fault, before)} bytes are not cut by slices of ${fault.size} bytes`
  const late = leastAddedMs(fault, before)
  return isUpstream(fault) && late < LEAST_MS
    ? `the caller sees slices of its request only if they delay it; these do by ${late} ms`
    : undefined
}

/**
 * The kernel joins slices again unless a delay keeps them apart, so fewer arrive than were sent; without the fault
 * very few do.
 */
function isCut(fault: FaultOf<'slicer'>, before: Look, seen: Look): boolean {
  return (
    !isUpstream(fault) &&
    seen.chunks > before.chunks &&
    seen.chunks >= Math.min(leastSlices(fault, seen), 2 * before.chunks + 2)
  )
}

function isLate(fault: FaultOf<'slicer'>, before: Look, seen: Look): boolean {
  const late = leastAddedMs(fault, before)
  return late >= LEAST_MS && seen.totalMs - before.totalMs >= 0.8 * late
}
