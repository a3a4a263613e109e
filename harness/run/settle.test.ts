// When a drill has settled: no alert is left, and everybody knows, or will never be told.
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { EvidenceOf } from '../model/evidence.ts'
import { fakeRig } from '../probes/testing/fake-rig.ts'
import { systemClock, type Clock } from '../time/clock.ts'
import type { DrillStage } from './run-drill.ts'
import { trackDeliveries } from './session.ts'
import { waitUntilSettled } from './settle.ts'

/** Twenty times as fast. */
const clock: Clock = { now: () => systemClock.now() * 20, sleep: (ms, signal) => systemClock.sleep(ms / 20, signal) }
const rule = { alert: 'Patient', group: 'g', expr: '', labels: {}, forMs: 3_600_000, keepFiringMs: 0, intervalMs: 1_000, windowMs: 86_400_000, depth: 0, health: 'ok' }
const receivers = [{ receiver: 'backend', groupWaitMs: 1_000, groupIntervalMs: 4_000, repeatIntervalMs: 60_000 }]
const rules: EvidenceOf<'rules'> = { probe: 'rules', covered: true, value: { scrapeMs: 1_000, alerts: [rule], receivers } }
const told = (status: 'firing' | 'resolved') => ({ receiver: 'backend', groupKey: '', notifications: [{ alert: 'Slow', status, labels: {}, annotations: {}, startsAt: 0 }] })

/** Slow fires for as many milliseconds of the fast clock. */
async function stageWith(firingMs: number) {
  const began = clock.now()
  const alert = { labels: { alertname: 'Slow' }, annotations: {}, state: 'firing', activeAt: new Date().toISOString(), value: '1' }
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ status: 'success', data: { alerts: clock.now() < began + firingMs ? [alert] : [] } }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const deliveries = trackDeliveries()
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const session = { rig: fakeRig(() => base), world: { clock }, acceleration: 1, deliveries }
  const stage = { session, drill: { allow: [], criteria: [] }, signal: new AbortController().signal } as unknown as DrillStage
  return { stage, deliveries, began }
}

/** Since the alert began to fire. */
async function took(stage: DrillStage, began: number): Promise<number> {
  await waitUntilSettled(stage, rules)
  return clock.now() - began
}

test('as soon as no alert is left and everybody was told', async () => {
  const { stage, deliveries, began } = await stageWith(5_000)
  deliveries.add(told('firing'))
  deliveries.add(told('resolved'))
  const ms = await took(stage, began)
  expect(ms).toBeGreaterThanOrEqual(5_000)
  expect(ms).toBeLessThan(24_000)
})

test('when an end will never be told: two ticks and one attempt later, not hours', async () => {
  const { stage, deliveries, began } = await stageWith(5_000)
  deliveries.add(told('firing'))
  const ms = await took(stage, began)
  expect(ms).toBeGreaterThanOrEqual(25_000)
  expect(ms).toBeLessThan(120_000)
})
