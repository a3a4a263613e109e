// Where a stretch of an alert begins and ends.
import { expect, test } from 'vitest'
import type { PointSeries } from '../model/evidence.ts'
import { alertSpans, cutSpans } from './alert-spans.ts'

test('samples without a long pause are one span', () => {
  expect(cutSpans([1_000, 2_000, 3_000], 3_000)).toEqual([{ from: 1_000, to: 3_000 }])
})

test('a pause as long as allowed does not end a span, one longer does', () => {
  expect(cutSpans([1_000, 4_000, 7_001, 8_000], 3_000)).toEqual([{ from: 1_000, to: 4_000 }, { from: 7_001, to: 8_000 }])
})

test('a single sample is a span of no length, and no sample is no span', () => {
  expect(cutSpans([5], 10)).toEqual([{ from: 5, to: 5 }])
  expect(cutSpans([], 10)).toEqual([])
})

test('samples out of order and twice the same time are harmless', () => {
  expect(cutSpans([3, 1, 2, 2], 1)).toEqual([{ from: 1, to: 3 }])
})

test('each series of ALERTS is cut by the interval of its own alert', () => {
  const points = [[0, 1], [4_000, 1]] as const
  const series: readonly PointSeries[] = [
    { labels: { __name__: 'ALERTS', alertname: 'Slow', alertstate: 'firing', service: 'sample' }, points },
    { labels: { alertname: 'Quick', alertstate: 'pending' }, points },
    { labels: { alertname: 'Odd', alertstate: 'inhibited' }, points },
  ]
  expect(alertSpans(series, (alert) => (alert === 'Slow' ? 2_000 : 1_000))).toEqual([
    { alert: 'Slow', labels: { service: 'sample' }, state: 'firing', spans: [{ from: 0, to: 4_000 }] },
    { alert: 'Quick', labels: {}, state: 'pending', spans: [{ from: 0, to: 0 }, { from: 4_000, to: 4_000 }] },
  ])
})
