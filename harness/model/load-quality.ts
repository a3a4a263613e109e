// What users got in a stretch of time, from the load second by second.
import type { LoadBucket, Window } from './evidence.ts'

export const SECOND = 1_000

/** The starts of the whole seconds in `window`, on the grid of the buckets. One without a bucket had no operation. */
export function wholeSeconds(buckets: readonly LoadBucket[], window: Window): readonly number[] {
  const grid = (buckets[0]?.t ?? 0) % SECOND
  const first = Math.ceil((window.from - grid) / SECOND) * SECOND + grid
  const seconds = Math.max(0, Math.floor((window.to - first) / SECOND))
  return Array.from({ length: seconds }, (_, index) => first + index * SECOND)
}

/** The buckets of those seconds. */
export function bucketsAt(buckets: readonly LoadBucket[], seconds: readonly number[]): readonly LoadBucket[] {
  const wanted = new Set(seconds)
  return buckets.filter(({ t }) => wanted.has(t))
}

/** What users got in some seconds: share of good outcomes, 95th percentile (ms); undefined when nothing ended. */
export function qualityOf(buckets: readonly LoadBucket[]): { readonly good: number; readonly p95: number } | undefined {
  let ended = 0
  let good = 0
  let weighted = 0
  for (const bucket of buckets) {
    const outcomes = bucket.good + bucket.bad + bucket.unknown
    ended += outcomes
    good += bucket.good
    weighted += bucket.p95 * outcomes
  }
  // Percentiles cannot be added up; their mean, weighted by operations, is used on both sides of every comparison.
  return ended === 0 ? undefined : { good: good / ended, p95: weighted / ended }
}
