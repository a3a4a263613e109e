// Judges measurements of a library: each against its thresholds, all of them together, and what they come to.

/** What a measurement says, best last. */
export type QcStatus = 'Fail' | 'Warning' | 'Pending' | 'Pass'

/** A measured value and the range it should be in; a bound may be missing. */
export interface Measured {
  readonly value: number
  readonly threshold_min: number | null
  readonly threshold_max: number | null
}

/** So close to a bound (share of it) is worth a warning. */
const MARGIN = 0.1

/** Outside of the range is a failure, close to its bounds a warning. */
export function judge({ value, threshold_min: min, threshold_max: max }: Measured): QcStatus {
  if ((min !== null && value < min) || (max !== null && value > max)) return 'Fail'
  if (min !== null && value < min * (1 + MARGIN)) return 'Warning'
  if (max !== null && value > max * (1 - MARGIN)) return 'Warning'
  return 'Pass'
}

/** A measurement as it is told in a report. */
export interface Told {
  readonly metric_type: string
  readonly value: number
  readonly status: QcStatus
}

const CONCLUSIONS: Readonly<Record<QcStatus, string>> = {
  Fail: 'Library fails quality requirements and should not proceed',
  Warning: 'Library has some quality concerns but may proceed with caution',
  Pending: 'Library quality assessment is incomplete',
  Pass: 'Library meets all quality requirements',
}

/** The worst of all measurements decides. */
export function conclude(told: readonly Told[]): { overall_status: QcStatus; recommendations: string[] } {
  const order: readonly QcStatus[] = ['Fail', 'Warning', 'Pending', 'Pass']
  const overall = order.find((status) => told.some((one) => one.status === status)) ?? 'Pending'
  const concerns = told.flatMap(({ metric_type, value, status }) => {
    if (status === 'Fail') return [`Failed metric: ${metric_type} with value ${value}`]
    return status === 'Warning' ? [`Warning for metric: ${metric_type} with value ${value}`] : []
  })
  return { overall_status: overall, recommendations: [...concerns, CONCLUSIONS[overall]] }
}

/** Mean and sample standard deviation; null where there are too few values. */
export function spread(values: readonly number[]): { mean: number | null; std: number | null } {
  const { length } = values
  if (length === 0) return { mean: null, std: null }
  const mean = values.reduce((sum, value) => sum + value, 0) / length
  if (length === 1) return { mean, std: null }
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, std: Math.sqrt(squares / (length - 1)) }
}

/** The ranges of common measurements: concentration ng/µL, volume µL, sizes bp, molarity nM. */
export const THRESHOLDS: Readonly<Record<string, readonly [number, number]>> = {
  concentration: [0.1, 1000],
  volume: [1, 200],
  fragment_size: [100, 1000],
  quality_score: [0.7, 1],
  rqn: [7, 10],
  dv200: [30, 100],
  molarity: [1, 100],
}
