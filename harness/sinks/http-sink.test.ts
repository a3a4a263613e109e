// What the sink takes for a delivery, and that nothing else hurts it.
import { request } from 'node:http'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import type { EvidenceOf } from '../model/evidence.ts'
import { systemClock } from '../time/clock.ts'
import { startHttpSink } from './http-sink.ts'
import { webhookDelivery } from './webhook-body.ts'

const alert = { status: 'firing', labels: { alertname: 'Down', service: 'auth' }, annotations: { summary: 'x' }, startsAt: '2026-11-21T07:00:00.5Z', endsAt: '0001-01-01T00:00:00Z' }
const body = { version: '4', receiver: 'backend', status: 'firing', groupKey: '{}:{}', truncatedAlerts: 0, alerts: [alert] }
const notification = { alert: 'Down', status: 'firing', labels: { service: 'auth' }, annotations: { summary: 'x' }, startsAt: Date.parse('2026-11-21T07:00:00.500Z') }

test('a body becomes a delivery', () => {
  const value = { receiver: 'backend', channel: 'webhook', groupKey: '{}:{}', notifications: [notification], text: 'x' }
  expect(webhookDelivery('backend', JSON.stringify(body))).toEqual({ probe: 'delivery', covered: true, value })
})

test('a body for another receiver, or one that was cut, arrived all the same but is not the whole truth', () => {
  const other = webhookDelivery('platform', JSON.stringify(body))
  expect(other).toMatchObject({ covered: false, missing: 'Alertmanager called the path of platform for its receiver backend', value: { receiver: 'platform' } })
  expect(webhookDelivery('backend', JSON.stringify({ ...body, truncatedAlerts: 3 }))).toMatchObject({ covered: false, missing: expect.stringContaining('left 3 alerts out') })
})

const bad = {
  'no JSON': 'x{',
  'another version': JSON.stringify({ ...body, version: '3' }),
  'no alert': JSON.stringify({ ...body, alerts: [] }),
  'a status of its own': JSON.stringify({ ...body, alerts: [{ ...alert, status: 'maybe' }] }),
  'no time': JSON.stringify({ ...body, alerts: [{ ...alert, startsAt: 'soon' }] }),
}

test.each(Object.entries(bad))('a body with %s is refused', (_, text) => {
  expect(() => webhookDelivery('backend', text)).toThrow('not a webhook of version 4')
})

async function sink(record: (delivery: EvidenceOf<'delivery'>) => void | Promise<void> = () => undefined) {
  const deliveries: { delivery: EvidenceOf<'delivery'>; at: number }[] = []
  const refused: string[] = []
  const started = await startHttpSink({
    listen: { host: '127.65.0.3', port: 0 },
    clock: systemClock,
    onDelivery: async (delivery, at) => {
      await record(delivery)
      deliveries.push({ delivery, at })
    },
    onRefused: (why) => refused.push(why),
  })
  onTestFinished(() => started[Symbol.asyncDispose]())
  const post = async (path: string, text: string) => (await fetch(`http://${started.address.host}:${started.address.port}${path}`, { method: 'POST', body: text })).status
  return { started, deliveries, refused, post }
}

test('a delivery is recorded with its time before it is answered', async () => {
  const { post, deliveries, refused } = await sink()
  const before = Date.now()
  expect(await post('/backend?x=1', JSON.stringify(body))).toBe(200)
  expect(deliveries).toMatchObject([{ delivery: { value: { receiver: 'backend', notifications: [notification] } } }])
  expect(deliveries[0]?.at).toBeGreaterThanOrEqual(before)
  expect(deliveries[0]?.at).toBeLessThanOrEqual(Date.now())
  expect(refused).toEqual([])
})

test('what is no delivery is refused, reported, and does not stop the next one', async () => {
  const { post, started, deliveries, refused } = await sink()
  expect(await post('/backend', 'garbage')).toBe(400)
  expect(await post('/%E0%A4%A', JSON.stringify(body))).toBe(400)
  expect(await post('/backend', 'x'.repeat(5 * 1024 * 1024))).toBe(400)
  expect((await fetch(`http://${started.address.host}:${started.address.port}/backend`, { method: 'PUT' })).status).toBe(400)
  expect(refused).toHaveLength(4)
  expect(refused[2]).toContain('the body has 5242880 bytes')
  expect(await post('/backend', JSON.stringify(body))).toBe(200)
  expect(deliveries).toHaveLength(1)
})

test('a delivery that cannot be recorded is answered so that Alertmanager sends it again', async () => {
  const { post, refused } = await sink(() => {
    throw new Error('disk full')
  })
  expect(await post('/backend', JSON.stringify(body))).toBe(500)
  expect(refused).toEqual(['the alert sink did not take POST /backend: it could not be recorded: disk full'])
})

test('a body that breaks off is reported', async () => {
  const { started, refused } = await sink()
  const cut = request({ ...started.address, method: 'POST', path: '/backend', headers: { 'content-length': 100 } })
  cut.on('error', () => undefined)
  cut.write('{')
  await once(cut, 'socket').then(async () => once(cut.socket ?? cut, 'connect'))
  cut.destroy()
  await expect.poll(() => refused).toHaveLength(1)
})

test('a taken address is said so', async () => {
  const { started } = await sink()
  const again = startHttpSink({ listen: started.address, clock: systemClock, onDelivery: () => undefined, onRefused: () => undefined })
  await expect(again).rejects.toMatchObject({ code: 'ADDRESS_TAKEN' })
})

test('disposal waits for a delivery under way', async () => {
  const [begun, recorded] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const { started, post } = await sink(() => {
    begun.resolve()
    return recorded.promise
  })
  const posted = post('/backend', JSON.stringify(body))
  await begun.promise
  const disposed = started[Symbol.asyncDispose]()
  recorded.resolve()
  expect(await posted).toBe(200)
  await disposed
})

test('disposal cuts a delivery that does not come to its end', async () => {
  const begun = Promise.withResolvers<void>()
  const { started, post } = await sink(() => {
    begun.resolve()
    return new Promise(() => undefined)
  })
  const posted = post('/backend', JSON.stringify(body)).catch(() => 'cut')
  await begun.promise
  await started[Symbol.asyncDispose]()
  expect(await posted).toBe('cut')
})
