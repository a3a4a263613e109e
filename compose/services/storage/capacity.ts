// Says how full something is, in the words and numbers of the documents.

/** How full something is. */
export type CapacityLevel = 'normal' | 'warning' | 'critical'

/** From which share on something is called fuller; parts of 1. */
export interface Thresholds {
  readonly warning: number
  readonly critical: number
}

const ORDER: readonly CapacityLevel[] = ['normal', 'warning', 'critical']

/** The level of `used` of `total` places. */
export function levelOf(used: number, total: number, { warning, critical }: Thresholds): CapacityLevel {
  const share = total === 0 ? 0 : used / total
  if (share >= critical) return 'critical'
  return share >= warning ? 'warning' : 'normal'
}

/** True when `to` is fuller than `from`. */
export function isFuller(from: CapacityLevel, to: CapacityLevel): boolean {
  return ORDER.indexOf(to) > ORDER.indexOf(from)
}

/** Percent with two digits; nothing is 0 % of nothing. */
export function percent(used: number, total: number): number {
  return total === 0 ? 0 : Math.round((used / total) * 10_000) / 100
}
