// Curves of a chart: thinned to what can be seen, broken where nothing was measured.
import type { Axis } from './plot.ts'
import { isOn, tenth, xOf } from './plot.ts'

export type Point = readonly [t: number, value: number]

export interface Scale {
  readonly low: number
  readonly high: number
  readonly height: number
}

/** Of each stretch of this many units only the lowest and the highest are drawn. */
const STRETCH = 5
/** A gap this many times as long as the usual one is no line. */
const BREAK = 5

export function yOf({ low, high, height }: Scale, value: number): number {
  const share = high === low ? 0.5 : (value - low) / (high - low)
  return tenth(height - Math.min(1, Math.max(0, share)) * height)
}

/** The path of a curve; empty when nothing of it is on the axis. */
export function pathOf(axis: Axis, scale: Scale, points: readonly Point[]): string {
  const seen = points.filter(([t, value]) => Number.isFinite(value) && isOn(axis, { from: t, to: t }))
  const longest = BREAK * usualGap(seen)
  const kept = thin(axis, seen)
  return kept.map(([t, value], index) => {
    const before = kept[index - 1]
    const isNew = before === undefined || (t - before[0] > longest && gapIn(seen, [before[0], t]) > longest)
    return `${isNew ? 'M' : 'L'}${xOf(axis, t)} ${yOf(scale, value)}`
  }).join('')
}

function thin(axis: Axis, points: readonly Point[]): readonly Point[] {
  const stretches = Map.groupBy(points, ([t]) => Math.floor(xOf(axis, t) / STRETCH))
  return [...stretches.values()].flatMap((own) => {
    const low = own.reduce((a, b) => (b[1] < a[1] ? b : a))
    const high = own.reduce((a, b) => (b[1] > a[1] ? b : a))
    return low === high ? [low] : low[0] < high[0] ? [low, high] : [high, low]
  })
}

function usualGap(points: readonly Point[]): number {
  const gaps = points.slice(1).map(([t], index) => t - (points[index]?.[0] ?? t)).toSorted((a, b) => a - b)
  return gaps[Math.floor(gaps.length / 2)] ?? 0
}

/** The longest stretch without a point between two moments. */
function gapIn(points: readonly Point[], [from, to]: readonly [number, number]): number {
  const inside = points.filter(([t]) => t >= from && t <= to)
  return Math.max(0, ...inside.slice(1).map(([t], index) => t - (inside[index]?.[0] ?? t)))
}

/** Three significant digits, with a unit of thousands where it is large. */
export function numeral(value: number): string {
  const size = Math.abs(value)
  if (size >= 1e9) return `${numeral(value / 1e9)} G`
  if (size >= 1e6) return `${numeral(value / 1e6)} M`
  if (size >= 1e4) return `${numeral(value / 1e3)} k`
  return size > 0 && size < 1e-3 ? value.toExponential(1) : String(Number(value.toPrecision(3)))
}
