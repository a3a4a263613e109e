// Windows, steps and numbers, as they cross the line between Prometheus and us.
import { expect, onTestFinished, test } from 'vitest'
import { fakeObserver, type FakeReply } from './testing/fake-observer.ts'
import { contextAt } from './testing/fake-rig.ts'
import { prometheusOf, stepFor } from './prometheus-api.ts'

async function fakePrometheus(reply: FakeReply) {
  const server = await fakeObserver(() => reply)
  onTestFinished(() => server[Symbol.asyncDispose]())
  return { server, prometheus: prometheusOf(contextAt(server.base)) }
}

function matrix(...values: readonly (readonly [number, string])[]): FakeReply {
  return { body: { status: 'success', data: { resultType: 'matrix', result: [{ metric: { job: 'a' }, values }] } } }
}

test('samples are asked for with both ends of the window, at its end', async () => {
  const { server, prometheus } = await fakePrometheus(matrix([1_700_000_000.123, '1']))
  const series = await prometheus.samples('ALERTS', { from: 1_699_999_940_000, to: 1_700_000_000_500 })
  const form = new URLSearchParams(server.requests[0]?.body)
  expect([form.get('query'), form.get('time')]).toEqual(['ALERTS[60501ms]', '1700000000.500'])
  expect(series).toEqual([{ labels: { job: 'a' }, points: [[1_700_000_000_123, 1]] }])
})

test('a range query carries its look-back only when one is asked for', async () => {
  const { server, prometheus } = await fakePrometheus(matrix([1, '1']))
  const range = { query: 'up', window: { from: 0, to: 60_000 }, stepMs: 250 }
  await prometheus.range(range)
  await prometheus.range({ ...range, lookbackMs: 1_000 })
  const forms = server.requests.map(({ body }) => Object.fromEntries(new URLSearchParams(body)))
  expect(forms).toEqual([
    { query: 'up', start: '0.000', end: '60.000', step: '0.250' },
    { query: 'up', start: '0.000', end: '60.000', step: '0.250', lookback_delta: '1.000' },
  ])
})

test('NaN is no point and an infinity is the largest number', async () => {
  const { prometheus } = await fakePrometheus(matrix([1, 'NaN'], [2, '+Inf'], [3, '-Inf'], [4, '1e-3'], [5, '']))
  const [series] = await prometheus.samples('x', { from: 0, to: 1 })
  expect(series?.points).toEqual([[2_000, Number.MAX_VALUE], [3_000, -Number.MAX_VALUE], [4_000, 0.001]])
})

test('a series of native histograms has no points', async () => {
  const { prometheus } = await fakePrometheus({
    body: { status: 'success', data: { resultType: 'matrix', result: [{ metric: {}, histograms: [[1, {}]] }] } },
  })
  expect(await prometheus.samples('x', { from: 0, to: 1 })).toEqual([{ labels: {}, points: [] }])
})

test('a remark on the query is no gap, a warning about data is one', async () => {
  const data = { resultType: 'matrix', result: [] }
  const remark = await fakePrometheus({ body: { status: 'success', data, warnings: ['PromQL warning: quantile out of range'] } })
  expect(await remark.prometheus.samples('x', { from: 0, to: 1 })).toEqual([])
  const partial = await fakePrometheus({ body: { status: 'success', data, warnings: ['store unavailable'] } })
  await expect(partial.prometheus.samples('x', { from: 0, to: 1 })).rejects.toThrow('only in part: store unavailable')
})

test('the reason of a refusal is passed on', async () => {
  const { prometheus } = await fakePrometheus({ status: 400, body: { status: 'error', error: 'parse error: unexpected )' } })
  await expect(prometheus.samples(')', { from: 0, to: 1 })).rejects.toThrow('refused /api/v1/query (400): parse error: unexpected )')
})

test('a window with more points than Prometheus gives is asked for in longer steps', () => {
  expect(stepFor({ from: 0, to: 60_000 }, 250)).toBe(250)
  const step = stepFor({ from: 0, to: 86_400_000 }, 250)
  expect(86_400_000 / step + 1).toBeLessThanOrEqual(11_000)
  expect(stepFor({ from: 5, to: 5 }, 0)).toBe(1)
})
