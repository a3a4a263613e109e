// Turns the samples of ALERTS into unbroken stretches of pending and firing, timed by the samples themselves.
import type { AlertSpans, PointSeries, Window } from '../model/evidence.ts'

/** Evaluations that may be missed before a stretch counts as ended: one late evaluation is not the end of an alert. */
const MISSED_EVALUATIONS = 3

/** One entry per series of ALERTS; `intervalOf` gives the evaluation interval of an alert's group in milliseconds. */
export function alertSpans(
  series: readonly PointSeries[],
  intervalOf: (alert: string) => number,
): readonly AlertSpans[] {
  return series.flatMap(({ labels: all, points }) => {
    const { __name__: _, alertname: alert = '', alertstate: state, ...labels } = all
    if (state !== 'pending' && state !== 'firing') return []
    const times = points.map(([time]) => time)
    return [{ alert, labels, state, spans: cutSpans(times, MISSED_EVALUATIONS * intervalOf(alert)) }]
  })
}

/**
 * A pause longer than `maxGapMs` ends one span and begins the next. Each span runs from its first sample to its last.
 */
export function cutSpans(times: readonly number[], maxGapMs: number): readonly Window[] {
  const spans: { from: number; to: number }[] = []
  for (const time of times.toSorted((a, b) => a - b)) {
    const last = spans.at(-1)
    if (last !== undefined && time - last.to <= maxGapMs) last.to = time
    else spans.push({ from: time, to: time })
  }
  return spans
}
