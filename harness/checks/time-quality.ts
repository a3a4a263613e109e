// What samples of one time come to: the middle, the high end, and how near they came to what was allowed.
import { LEAST_FOR_P95 } from '../model/rule-quality.ts'
import type { TimeQuality } from '../model/rule-quality.ts'

export interface Sample {
  readonly ms: number
  readonly limitMs?: number | undefined
}

/** Undefined of no samples: nothing was measured, which is not the same as 0. */
export function timeQuality(samples: readonly Sample[]): TimeQuality | undefined {
  if (samples.length === 0) return undefined
  const sorted = samples.map(({ ms }) => ms).sort((a, b) => a - b)
  const many = sorted.length >= LEAST_FOR_P95
  const limited = samples.flatMap(({ ms, limitMs }) => (limitMs === undefined || limitMs <= 0 ? [] : [{ ms, limitMs }]))
  const limits = limited.map(({ limitMs }) => limitMs)
  return {
    samples: sorted.length,
    medianMs: medianOf(sorted),
    high: many ? 'p95' : 'highest',
    highMs: (many ? sorted[Math.ceil(sorted.length * 0.95) - 1] : sorted.at(-1)) ?? 0,
    ...(limited.length > 0 && {
      allowed: { leastMs: Math.min(...limits), mostMs: Math.max(...limits) },
      leastLeft: Math.min(...limited.map(({ ms, limitMs }) => (limitMs - ms) / limitMs)),
    }),
  }
}

/** Of an even number the mean of both in the middle. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2 : (sorted[Math.floor(middle)] ?? 0)
}
