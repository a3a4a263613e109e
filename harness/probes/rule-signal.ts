// The value behind one alert over a window: what the rule compared with its threshold, so that a report can show both.
import type { EvidenceOf, PointSeries, RuleFact, Window } from '../model/evidence.ts'
import { shapeOf } from '../time/promql-shape.ts'
import { observe, type ProbeContext } from './probe.ts'
import { prometheusOf, stepFor } from './prometheus-api.ts'
import { nearest, thinned } from './thinning.ts'

const MOST_SERIES = 20
const MOST_KEPT_POINTS = 200

/**
 * One step per evaluation (more where Prometheus would refuse so many points), seen as the rule sees it. Kept are at
 * most 20 series, those nearest to firing, and 200 points of each, extremes first. An expression without a comparison
 * is asked for as a whole: comparator '' and threshold 0.
 */
export async function probeRuleSignal(
  context: ProbeContext,
  rule: RuleFact,
  window: Window,
): Promise<EvidenceOf<'rule-signal'>> {
  const stepMs = stepFor(window, rule.intervalMs)
  const nothing = { ...signalOf(''), alert: rule.alert, window, stepMs, series: [] as readonly PointSeries[] }
  const seen = await observe(context.signal, nothing, async () => {
    const signal = signalOf(rule.expr)
    const series = await prometheusOf(context).range({ query: signal.left, window, stepMs })
    const kept = nearest(series, signal.comparator, MOST_SERIES).map(({ labels, points }) => {
      return { labels, points: thinned(points, MOST_KEPT_POINTS) }
    })
    return { value: { ...nothing, ...signal, series: kept } }
  })
  return { probe: 'rule-signal', ...seen }
}

function signalOf(expr: string): { left: string; comparator: string; threshold: number; partial: boolean } {
  const shape = expr === '' ? undefined : shapeOf(expr)
  if (shape === undefined) return { left: expr, comparator: '', threshold: 0, partial: false }
  return { ...shape, threshold: Number.isFinite(shape.threshold) ? shape.threshold : 0 }
}
