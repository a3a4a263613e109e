// Judges measured values by the thresholds of their definitions, and a whole measurement by its worst value.

/** What a value is worth. */
export type Worth = 'pass' | 'warning' | 'fail'

/** The bounds of a metric; one that is missing bounds nothing. */
export interface Thresholds {
  readonly warning_threshold_low: number | null
  readonly warning_threshold_high: number | null
  readonly fail_threshold_low: number | null
  readonly fail_threshold_high: number | null
}

/** Outside of the fail bounds is a failure, outside of the warning bounds a warning; a bound itself is inside. */
export function worthOf(value: number, thresholds: Thresholds): Worth {
  if (isOutside(value, thresholds.fail_threshold_low, thresholds.fail_threshold_high)) return 'fail'
  return isOutside(value, thresholds.warning_threshold_low, thresholds.warning_threshold_high) ? 'warning' : 'pass'
}

function isOutside(value: number, low: number | null, high: number | null): boolean {
  return (low !== null && value < low) || (high !== null && value > high)
}

/** The status of a library preparation. */
export type PrepStatus = 'passed' | 'conditional' | 'failed'

/** The worst value decides. */
export function statusOf(worths: readonly Worth[]): PrepStatus {
  if (worths.includes('fail')) return 'failed'
  return worths.includes('warning') ? 'conditional' : 'passed'
}

/** A control sample's expectation: a measured value may deviate so far (percent); what is not known passes. */
export function isWithin(measured: number | null, expected: number | null, tolerance: number): boolean {
  if (measured === null || expected === null) return true
  return Math.abs(measured - expected) * 100 <= tolerance * Math.abs(expected)
}
