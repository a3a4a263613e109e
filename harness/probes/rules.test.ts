// What becomes of the two answers that the rules probe puts together.
import { expect, onTestFinished, test } from 'vitest'
import { deadAddress, fakeObserver, prometheusAnswers } from './testing/fake-observer.ts'
import { contextAt, fakeRig } from './testing/fake-rig.ts'
import { probeRules } from './rules.ts'

const health = { health: 'ok', lastError: '' }
const rules = [
  { type: 'recording', name: 'errors:rate', query: 'rate(errors_total[5m])', ...health },
  { type: 'alerting', name: 'Errors', query: 'errors:rate > 1', duration: 60, keepFiringFor: 30, labels: { team: 'backend' }, alerts: [], ...health },
  { type: 'alerting', name: 'Down', query: 'up == 0', duration: 0, health: 'err', lastError: 'many-to-many' },
]
const answers = prometheusAnswers({
  '/api/v1/rules': { groups: [{ name: 'services', file: '/r.yml', interval: 15, rules }] },
  '/api/v1/status/config': { yaml: 'global: {scrape_interval: 15s}' },
})

async function prometheus(): Promise<string> {
  const server = await fakeObserver((request) =>
    request.path === '/api/v2/status' ? { body: { config: { original: '{route: {receiver: backend, group_wait: 10s}, receivers: [{name: backend}]}' } } } : answers(request),
  )
  onTestFinished(() => server[Symbol.asyncDispose]())
  return server.base
}

const alerts = [
  {
    alert: 'Errors',
    group: 'services',
    expr: 'errors:rate > 1',
    labels: { team: 'backend' },
    forMs: 60_000,
    keepFiringMs: 30_000,
    intervalMs: 15_000,
    windowMs: 300_000,
    depth: 1,
    health: 'ok',
  },
  {
    alert: 'Down',
    group: 'services',
    expr: 'up == 0',
    labels: {},
    forMs: 0,
    keepFiringMs: 0,
    intervalMs: 15_000,
    windowMs: 0,
    depth: 0,
    health: 'err',
    lastError: 'many-to-many',
  },
]

test('rules, scrape interval and receivers come together', async () => {
  const receivers = [{ receiver: 'backend', groupWaitMs: 10_000, groupIntervalMs: 300_000, repeatIntervalMs: 14_400_000 }]
  expect(await probeRules(contextAt(await prometheus()))).toEqual({ probe: 'rules', covered: true, value: { scrapeMs: 15_000, alerts, receivers } })
})

test('without Alertmanager the rules are still there, and it is named', async () => {
  const [alive, dead] = [await prometheus(), await deadAddress()]
  const rig = fakeRig((name) => (name === 'alertmanager' ? dead : alive))
  const seen = await probeRules({ ...contextAt(alive), rig })
  expect(seen).toMatchObject({ covered: false, value: { scrapeMs: 15_000, alerts, receivers: [] } })
  expect(seen.missing).toMatch(/^Alertmanager .* connection refused$/)
})
