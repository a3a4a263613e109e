// The small probes against answers as the real servers give them.
import { expect, onTestFinished, test } from 'vitest'
import { probeActiveAlerts } from './active-alerts.ts'
import { probeClock } from './clock.ts'
import { fakeObserver, prometheusAnswers, type FakeReply, type FakeRequest } from './testing/fake-observer.ts'
import { contextAt } from './testing/fake-rig.ts'
import { probeHttp } from './ready.ts'
import { probeRouting } from './routing.ts'
import { probeTargets } from './targets.ts'

async function contextOf(answer: (request: FakeRequest) => FakeReply | 'hang') {
  const server = await fakeObserver(answer)
  onTestFinished(() => server[Symbol.asyncDispose]())
  return contextAt(server.base)
}

test('targets are named by service, or by job where there is no service', async () => {
  const activeTargets = [
    { labels: { job: 'services', service: 'sample', instance: 'a:1' }, health: 'up', lastError: '', scrapePool: 'x' },
    { labels: { job: 'node' }, health: 'down', lastError: 'context deadline exceeded' },
  ]
  const seen = await probeTargets(await contextOf(prometheusAnswers({ '/api/v1/targets': { activeTargets, droppedTargets: [] } })))
  expect(seen).toEqual({
    probe: 'targets',
    covered: true,
    value: [
      { job: 'services', service: 'sample', health: 'up', lastError: '' },
      { job: 'node', service: 'node', health: 'down', lastError: 'context deadline exceeded' },
    ],
  })
})

test('active alerts tell since when', async () => {
  const alerts = [{ labels: { alertname: 'Down', service: 'auth' }, state: 'pending', activeAt: '2026-11-21T07:00:00.25Z', value: '0e+00' }]
  const seen = await probeActiveAlerts(await contextOf(prometheusAnswers({ '/api/v1/alerts': { alerts } })))
  expect(seen.value).toEqual([{ alert: 'Down', labels: { service: 'auth' }, state: 'pending', since: Date.parse('2026-11-21T07:00:00.250Z') }])
})

test('routing names receivers and what suppresses an alert', async () => {
  const status = { state: 'suppressed', silencedBy: ['s1'], inhibitedBy: [], mutedBy: [] }
  const body = [{ labels: { alertname: 'Down', team: 'x' }, receivers: [{ name: 'a' }, { name: 'b' }], status, fingerprint: 'f' }]
  const seen = await probeRouting(await contextOf(() => ({ body })))
  expect(seen.value).toEqual([{ alert: 'Down', labels: { team: 'x' }, fingerprint: 'f', receivers: ['a', 'b'], silencedBy: ['s1'], inhibitedBy: [] }])
})

test('the clock offset is measured against the middle of the round trip', async () => {
  const answer = () => ({ body: { status: 'success', data: { resultType: 'scalar', result: [1, String(Date.now() / 1_000 + 100)] } } })
  const seen = await probeClock(await contextOf(answer))
  expect(seen.covered).toBe(true)
  expect(Math.abs(seen.value.offsetMs - 100_000)).toBeLessThanOrEqual(seen.value.roundTripMs / 2 + 2)
})

test('one reading of three is enough for the clock', async () => {
  let asked = 0
  const data = { resultType: 'scalar', result: [1, '2000.5'] }
  const seen = await probeClock(await contextOf(() => (++asked === 2 ? { body: { status: 'success', data } } : { status: 503 })))
  expect([seen.covered, asked]).toEqual([true, 3])
  const never = await probeClock(await contextOf(() => ({ body: { status: 'success', data: { ...data, result: [1, 'NaN'] } } })))
  expect(never.covered).toBe(false)
})

test('readiness is a status, a time and a bounded body', async () => {
  const context = await contextOf(({ path, query }) => ({ status: 503, body: `${path}?${query} ${'x'.repeat(10_000)}` }))
  const seen = await probeHttp(`${context.rig.observer('prometheus')}/health/ready?deep=1`, context)
  expect(seen).toMatchObject({ status: 503, body: expect.stringMatching(/^\/health\/ready\?deep=1 x+$/) })
  expect(seen.body).toHaveLength(4_096)
})
