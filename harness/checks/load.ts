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
