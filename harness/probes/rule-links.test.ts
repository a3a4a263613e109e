// What is asked of Prometheus for each part of a rule, against answers as it gives them.
import { expect, onTestFinished, test } from 'vitest'
import type { RuleFact, Window } from '../model/evidence.ts'
import { probeNotifications } from './notifications.ts'
import { probeRuleLinks } from './rule-links.ts'
import { fakeObserver, type FakeRequest } from './testing/fake-observer.ts'
import { contextAt } from './testing/fake-rig.ts'

const WINDOW: Window = { from: 1_000_000, to: 1_010_000 }
const rule: RuleFact = { alert: 'Slow', group: 'g', expr: '', labels: {}, forMs: 0, keepFiringMs: 0, intervalMs: 1_000, windowMs: 0, depth: 0, health: 'ok' }
const success = (data: unknown) => ({ body: { status: 'success', data } })
const matrix = (result: readonly unknown[]) => success({ resultType: 'matrix', result })

async function contextOf(answer: (request: FakeRequest) => ReturnType<typeof success>) {
  const server = await fakeObserver(answer)
  onTestFinished(() => server[Symbol.asyncDispose]())
  return contextAt(server.base)
}

/** Values by query; what is not listed has none. */
async function linksWith(expr: string, values: Readonly<Record<string, readonly string[]>>, known: readonly object[] = []) {
  const context = await contextOf(({ path, body }) => {
    if (path === '/api/v1/rules') return success({ groups: [] })
    if (path === '/api/v1/series') return success(known)
    const found = values[new URLSearchParams(body).get('query') ?? '']
    return matrix(found === undefined ? [] : [{ metric: {}, values: found.map((value, i) => [1_000 + i, value]) }])
  })
  return probeRuleLinks(context, { ...rule, expr }, WINDOW)
}

test('labels that the metric does have come nearest first', async () => {
  const seen = await linksWith('up{job="a",service="x"} == 0', {}, [{ __name__: 'up', job: 'b', service: 'y' }, { __name__: 'up', job: 'a', service: 'y' }])
  expect(seen.covered).toBe(true)
  expect(seen.value.links[0]).toEqual({
    kind: 'selector',
    query: 'up{job="a",service="x"}',
    metric: 'up',
    labels: { job: 'a', service: 'x' },
    present: false,
    known: [{ job: 'a', service: 'y' }, { job: 'b', service: 'y' }],
  })
})

test('a comparison that never held comes with what was compared', async () => {
  const seen = await linksWith('up > 2', { 'count(up)': ['1'], up: ['0', '1'] })
  expect(seen.value.links).toEqual([
    { kind: 'selector', query: 'up', metric: 'up', present: true },
    { kind: 'comparison', query: 'up > 2', present: false, condition: '> 2', lowest: 0, highest: 1 },
  ])
})

test('a Prometheus that refuses leaves nothing covered', async () => {
  const context = await contextOf(() => success('what'))
  expect(await probeRuleLinks(context, { ...rule, expr: 'up' }, WINDOW)).toMatchObject({ covered: false, missing: expect.stringContaining('unexpected answer') })
})

test('counters are read as what they rose by, over a restart too', async () => {
  const counters: Readonly<Record<string, readonly object[]>> = {
    prometheus_notifications_alertmanagers_discovered: [{ metric: {}, values: [[1_000, '1']] }],
    prometheus_notifications_sent_total: [{ metric: {}, values: [[1_000, '5'], [1_001, '7'], [1_002, '1']] }],
    alertmanager_notification_requests_total: [{ metric: { integration: 'webhook' }, values: [[1_000, '0'], [1_002, '4']] }, { metric: { integration: 'email' }, values: [[1_000, '0']] }],
    alertmanager_notification_requests_failed_total: [{ metric: { integration: 'webhook' }, values: [[1_000, '0'], [1_002, '3']] }],
    alertmanager_notifications_failed_total: [{ metric: { integration: 'webhook', reason: 'serverError' }, values: [[1_000, '0'], [1_002, '1']] }],
  }
  const context = await contextOf(({ body }) => matrix(counters[(new URLSearchParams(body).get('query') ?? '').split('[')[0] ?? ''] ?? []))
  expect(await probeNotifications(context, WINDOW)).toEqual({
    probe: 'notifications',
    covered: true,
    value: { window: WINDOW, alertmanagers: 1, taken: 3, errors: 0, integrations: [{ integration: 'webhook', requests: 4, failed: 3, reasons: ['serverError'] }] },
  })
})

test('without counters nothing is known', async () => {
  const context = await contextOf(() => matrix([]))
  expect(await probeNotifications(context, WINDOW)).toMatchObject({ covered: false, missing: 'Prometheus has no counters of its own notifications' })
})
