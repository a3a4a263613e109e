// The load as users saw it, second by second, put together from all evidence of it.
import type { LoadBucket, Window } from '../model/evidence.ts'
import { evidenceOf } from '../model/record.ts'
import type { DrillRecord } from '../model/record.ts'
import { gapOf } from './coverage.ts'

export interface SeenLoad {
  /** By start of the second, oldest first, each second once. */
  readonly buckets: readonly LoadBucket[]
  readonly lines: readonly number[]
  /** Why `needed` was not fully seen; undefined when it was. */
  gap(needed: Window): string | undefined
}

export const SECOND = 1_000

/** Undefined when no load was recorded at all. */
export function loadOf(record: DrillRecord): SeenLoad | undefined {
  const looks = evidenceOf(record, 'load')
  if (looks.length === 0) return undefined
  const bySecond = new Map(
    looks.flatMap(({ evidence }) => evidence.value.buckets.map((bucket) => [bucket.t, bucket] as const)),
  )
  const uncovered = looks.find(({ evidence }) => !evidence.covered)?.evidence
  const windows = looks.map(({ evidence }) => evidence.value.window)
  const seen = { from: Math.min(...windows.map(({ from }) => from)), to: Math.max(...windows.map(({ to }) => to)) }
  return {
    buckets: [...bySecond.values()].sort((a, b) => a.t - b.t),
    lines: looks.map(({ seq }) => seq),
    gap: (needed) =>
      gapOf('operations', { covered: uncovered === undefined, missing: uncovered?.missing }, { seen, needed }),
  }
}

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
