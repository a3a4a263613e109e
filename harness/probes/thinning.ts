// Makes series small enough for a journal and a chart without losing what matters in them: their extremes.
import type { PointSeries } from '../model/evidence.ts'

type Points = PointSeries['points']

/** At most `most` points (4 or more): first, last, and of every stretch between them the lowest and the highest. */
export function thinned(points: Points, most: number): Points {
  const [first, last] = [points[0], points.at(-1)]
  if (points.length <= most || first === undefined || last === undefined) return points
  const inner = points.slice(1, -1)
  const stretches = Math.floor((most - 2) / 2)
  const border = (index: number) => Math.floor((index * inner.length) / stretches)
  const kept = Array.from({ length: stretches }, (_, index) => extremes(inner.slice(border(index), border(index + 1))))
  return [first, ...kept.flat(), last]
}

function extremes(points: Points): Points {
  const lowest = points.reduce((a, b) => (b[1] < a[1] ? b : a))
  const highest = points.reduce((a, b) => (b[1] > a[1] ? b : a))
  if (lowest === highest) return [lowest]
  return lowest[0] < highest[0] ? [lowest, highest] : [highest, lowest]
}

/** The `most` series that come nearest to a comparison, or furthest beyond it: the lowest for `<`, else the highest. */
export function nearest(series: readonly PointSeries[], comparator: string, most: number): readonly PointSeries[] {
  if (series.length <= most) return series
  const sign = comparator.startsWith('<') ? -1 : 1
  const reach = ({ points }: PointSeries) => points.reduce((best, [, value]) => Math.max(best, sign * value), -Infinity)
  return series
    .map((one) => ({ one, reach: reach(one) }))
    .toSorted((a, b) => (a.reach === b.reach ? 0 : b.reach - a.reach))
    .slice(0, most)
    .map(({ one }) => one)
}
