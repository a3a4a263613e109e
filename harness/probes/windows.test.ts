// The probes that look over a window: what they ask, and what they call covered.
import { expect, onTestFinished, test } from 'vitest'
import type { RuleFact } from '../model/evidence.ts'
import { probeAlerts } from './alerts.ts'
import { fakeObserver, type FakeRequest } from './testing/fake-observer.ts'
import { contextAt } from './testing/fake-rig.ts'
import { probeRuleSignal } from './rule-signal.ts'
import { probeValue } from './value.ts'

const window = { from: 100_000, to: 110_000 }
const perSecond = Array.from({ length: 11 }, (_, index) => [100 + index, String(index)] as const)
type Series = { metric: Record<string, string>; values: readonly (readonly [number, string])[] }

async function serving(data: (request: FakeRequest, query: string) => unknown) {
  const server = await fakeObserver((request) => {
    const query = new URLSearchParams(request.body).get('query') ?? ''
    return { body: { status: 'success', data: data(request, query) } }
  })
  onTestFinished(() => server[Symbol.asyncDispose]())
  return { server, context: contextAt(server.base) }
}

function matrix(...result: readonly Series[]) {
  return { resultType: 'matrix', result }
}

const value = { query: 'up', phase: 'fault' as const, window, stepMs: 1_000 }

test('value: all points there are covered', async () => {
  const { context } = await serving(() => matrix({ metric: {}, values: perSecond }))
  expect(await probeValue(context, value)).toMatchObject({ covered: true, value: { ...value, expectedPoints: 11, series: [{ points: { length: 11 } }] } })
})

test('value: no series, too few points in one of them, or too many series are gaps', async () => {
  const none = await serving(() => matrix())
  expect((await probeValue(none.context, value)).missing).toBe('Prometheus has no series for up in the window')
  const thin = await serving(() => matrix({ metric: {}, values: perSecond }, { metric: { job: 'b' }, values: perSecond.slice(0, 9) }))
  expect(await probeValue(thin.context, value)).toMatchObject({ covered: false, missing: 'Prometheus has 9 of 11 expected points for up {job="b"}' })
  const enough = await serving(() => matrix({ metric: {}, values: perSecond.slice(0, 10) }))
  expect((await probeValue(enough.context, value)).covered).toBe(true)
  const nan = await serving(() => matrix({ metric: {}, values: perSecond.map(([time]) => [time, 'NaN'] as const) }))
  expect((await probeValue(nan.context, value)).covered).toBe(false)
  const many = await serving(() => matrix(...Array.from({ length: 101 }, (_, index) => ({ metric: { index: String(index) }, values: perSecond }))))
  expect(await probeValue(many.context, value)).toMatchObject({ covered: false, value: { series: { length: 100 } } })
})

const rule: RuleFact = { alert: 'A', group: 'g', expr: 'x > 5', labels: {}, forMs: 0, keepFiringMs: 0, intervalMs: 1_000, windowMs: 0, depth: 0, health: 'ok' }

test('rule-signal: the compared side is asked for, in steps of the evaluation', async () => {
  const { server, context } = await serving(() => matrix({ metric: { job: 'a' }, values: perSecond }))
  const seen = await probeRuleSignal(context, rule, window)
  expect(new URLSearchParams(server.requests[0]?.body).get('query')).toBe('x')
  expect(seen).toMatchObject({ covered: true, value: { alert: 'A', left: 'x', comparator: '>', threshold: 5, partial: false, stepMs: 1_000 } })
})

test('rule-signal: an expression without a comparison is asked for as a whole', async () => {
  const { context } = await serving(() => matrix())
  const seen = await probeRuleSignal(context, { ...rule, expr: 'absent(x)' }, window)
  expect(seen).toMatchObject({ covered: true, value: { left: 'absent(x)', comparator: '', threshold: 0, partial: false, series: [] } })
})

test('rule-signal: at most twenty series', async () => {
  const { context } = await serving(() => matrix(...Array.from({ length: 50 }, (_, index) => ({ metric: { i: `${index}` }, values: [[100, `${index}`] as const] }))))
  const { series } = (await probeRuleSignal(context, rule, window)).value
  expect(series.map(({ labels }) => labels.i)).toEqual(Array.from({ length: 20 }, (_, index) => `${49 - index}`))
})

function alertsServer(evaluated: readonly Series[]) {
  const alerting = { type: 'alerting', name: 'A', query: 'x > 5', duration: 0, health: 'ok' }
  return serving(({ path }, query) => {
    if (path === '/api/v1/rules') return { groups: [{ name: 'g', file: '/r.yml', interval: 1, rules: [alerting] }] }
    if (path === '/api/v1/status/config') return { yaml: 'global: {scrape_interval: 1s}' }
    if (query.startsWith('ALERTS[')) return matrix({ metric: { __name__: 'ALERTS', alertname: 'A', alertstate: 'firing' }, values: [[103, '1'], [104, '1'], [109, '1']] })
    return query.startsWith('prometheus_rule_group_last') ? matrix(...evaluated) : matrix()
  })
}

test('alerts: spans and coverage come together', async () => {
  const { context } = await alertsServer([{ metric: { rule_group: '/r.yml;g' }, values: perSecond.map(([time]) => [time, String(time)] as const) }])
  const seen = await probeAlerts(context, window)
  expect(seen).toEqual({
    probe: 'alerts',
    covered: true,
    value: {
      window,
      series: [{ alert: 'A', labels: {}, state: 'firing', spans: [{ from: 103_000, to: 104_000 }, { from: 109_000, to: 109_000 }] }],
      groups: [{ group: 'g', intervalMs: 1_000, evaluations: 11, longestGapMs: 1_000 }],
    },
  })
})

test('alerts: without samples of its evaluations nothing is covered, though spans are still told', async () => {
  const { context } = await alertsServer([])
  const seen = await probeAlerts(context, window)
  expect(seen).toMatchObject({ covered: false, missing: expect.stringContaining('does not scrape itself'), value: { series: [{ alert: 'A' }] } })
})
