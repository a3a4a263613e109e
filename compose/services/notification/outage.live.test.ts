// Notification through the death of its database, of itself and of its auth, and the defects it was shipped with.
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { clientOf } from '../testing/client.ts'
import type { ServiceProcess } from '../testing/service-process.ts'
import { startNotificationSystem, WISH, type NotificationSystem } from './testing/notification-system.ts'
import { SILENT } from './testing/sink.ts'

const SUBNET = '127.61.33'
const QUICK = {
  DB_ACQUIRE_TIMEOUT: '700ms',
  DB_QUERY_TIMEOUT: '700ms',
  READINESS_TIMEOUT: '700ms',
  AUTH_TIMEOUT: '700ms',
  REDIS_TIMEOUT: '500ms',
  SENDER_LEASE: '1s',
}

let desk: NotificationSystem
let service: ServiceProcess

beforeAll(async () => {
  desk = await startNotificationSystem(SUBNET, { events: true, env: QUICK })
  service = desk.system.service
}, 30_000)

afterAll(() => desk.stop())

/** A key needs no auth to be known. */
async function asService(path: string, body?: object): Promise<Response> {
  return fetch(service.base + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: 'Service service_test', 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  })
}

async function about(path: string): Promise<unknown> {
  return (await fetch(service.base + path)).json()
}

it('GET /health -> 200: says how database and channels are', async () => {
  desk.sink.answer('email', 500)
  await desk.reaches(await desk.send({ channels: ['Email'] }), 'Failed')
  desk.sink.answer('email', 200)
  await desk.reaches(await desk.send(), 'Sent')
  expect(await about('/health')).toMatchObject({
    status: 'healthy',
    service: 'notification-service',
    database: { status: 'healthy', response_time_ms: expect.any(Number) as number },
    channels: { email: 'unhealthy', sms: 'healthy', slack: 'healthy', teams: 'healthy' },
  })
})

it('GET /health/metrics -> 200: counts what was delivered and what was not', async () => {
  expect(await about('/health/metrics')).toMatchObject({
    notifications_sent: 1,
    notifications_failed: 1,
    delivery_rate: 0.5,
    avg_delivery_time_ms: expect.any(Number) as number,
    channels: { email: { sent: 0, failed: 1, pending: 0 }, slack: { sent: 1, failed: 0, pending: 0 } },
  })
})

it('GET /metrics -> 200: counts deliveries by channel', async () => {
  const read = async (): Promise<string> => (await fetch(`${service.base}/metrics`)).text()
  const text = await read()
  expect(text).toContain('notifications_sent_total{service="notification",channel="Slack"} 1')
  expect(text).toContain('notifications_failed_total{service="notification",channel="Email"} 1')
  expect(text).toContain('notifications_retried_total{service="notification",channel="Email"} 3')
  const empty = 'notification_queue_size{service="notification",channel="Slack"} 0'
  await vi.waitFor(async () => expect(await read()).toContain(empty), 2000)
})

it('GET /health/ready -> 503: without its database', async () => {
  await desk.system.postgres.kill()
  await service.waitUntil('/health/ready', 503)
  expect((await asService('/health')).status).toBe(200)
})

it('POST /notifications -> 503: nothing is promised without the database, and soon all is well again', async () => {
  const answer = await asService('/notifications', WISH)
  const error = { code: 'DATABASE_ERROR', retryable: true }
  expect([answer.status, await answer.json()]).toMatchObject([503, { error }])
  await desk.system.postgres.start()
  await service.waitUntil('/health/ready', 200, 4000)
  const works = async (): Promise<void> => expect((await asService('/notifications', WISH)).status).toBe(200)
  await vi.waitFor(works, { timeout: 3000, interval: 100 })
})

it('GET /health/ready -> 503: without Redis, while notifications still go out', async () => {
  await desk.system.redis?.kill()
  await service.waitUntil('/health/ready', 503)
  await desk.reaches(await desk.send(), 'Sent')
  await desk.system.redis?.start()
  await service.waitUntil('/health/ready', 200, 4000)
})

it('POST /notifications -> 502: with auth frozen nobody passes', async () => {
  process.kill(desk.system.auth.pid, 'SIGSTOP')
  const { status, code } = await desk.call('POST /notifications', WISH)
  process.kill(desk.system.auth.pid, 'SIGCONT')
  expect([status, code]).toEqual([502, 'AUTH_UNAVAILABLE'])
  await service.waitUntil('/health/ready', 200, 4000)
})

it('killed, it sends after its restart what it had acknowledged, also what was on its way', async () => {
  desk.sink.answer('webhook', SILENT)
  const ids = await Promise.all(Array.from({ length: 5 }, () => desk.send({ channels: ['Webhook'] })))
  await vi.waitFor(() => expect(desk.sink.arrived.some(({ channel }) => channel === 'webhook')).toBe(true), 3000)
  await service.end('SIGKILL')
  desk.sink.answer('webhook', 200)
  const env = { ...QUICK, SENDER_URL: desk.sink.url }
  service = desk.system.more({ name: 'notification', port: 8085, env }, `${SUBNET}.3`)
  await service.waitUntil('/health/ready', 200)
  for (const id of ids) await desk.reaches(id, 'Sent')
})

it('told to stop it exits 0', async () => {
  expect(await service.end('SIGTERM')).toBe(0)
})

it('channels-always-healthy and no-alert-webhook: with the defects health lies, and alerts find no door', async () => {
  const env = { ...QUICK, DEFECTS: 'channels-always-healthy,no-alert-webhook,no-authentication' }
  service = desk.system.more({ name: 'notification', port: 8085, env }, `${SUBNET}.3`)
  await service.waitUntil('/health/ready', 200)
  const channels = { email: 'healthy', sms: 'healthy', slack: 'healthy', teams: 'healthy' }
  expect(await about('/health')).toMatchObject({ channels })
  expect((await asService('/webhook/alerts', { alerts: [] })).status).toBe(404)
  const anybody = clientOf(service.base)
  expect((await anybody('GET /notifications')).status).toBe(200)
})
