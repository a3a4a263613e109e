// The lowest and the highest value of every series that a query gives while the everyday load runs.
import type { PointSeries } from '../../model/evidence.ts'
import { scrapeMsOf } from '../loaded-rules.ts'
import { observe } from '../probe.ts'
import { prometheusOf, stepFor } from '../prometheus-api.ts'
import type { GateProbe } from './gate-probe.ts'
import { loadWindow } from './prometheus-window.ts'

/** A query may read all that there is: it is not asked at more moments than this. */
const MOST_MOMENTS = 120
const MOST_SERIES = 200

/** The query is to be accelerated already. No series is evidence; one of which no moment has a number is a gap. */
export const series: GateProbe<'series'> = ({ query }, scene) =>
  observe(scene.signal, [], async () => {
    const prometheus = prometheusOf(scene)
    const [window, scrapeMs] = await Promise.all([loadWindow(scene), scrapeMsOf(prometheus)])
    const stepMs = stepFor(window, Math.max(scrapeMs, (window.to - window.from) / MOST_MOMENTS))
    const found = await prometheus.range({ query, window, stepMs })
    const told = found.filter(({ points }) => points.length > 0)
    return { value: told.slice(0, MOST_SERIES).map(extremesOf), missing: gapOf(found) }
  })

function extremesOf({ labels, points }: PointSeries) {
  const values = points.map(([, value]) => value)
  return { labels, lowest: Math.min(...values), highest: Math.max(...values) }
}

function gapOf(found: readonly PointSeries[]): string | undefined {
  if (found.length > MOST_SERIES) return `${found.length} series; only ${MOST_SERIES} are kept`
  const empty = found.find(({ points }) => points.length === 0)
  return empty && `the series ${JSON.stringify(empty.labels)} has no number`
}
