// What makes notifications besides people: events from streams and over HTTP, alerts, transactions.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { clientOf } from '../testing/client.ts'
import { startNotificationSystem, type NotificationSystem } from './testing/notification-system.ts'

let desk: NotificationSystem

beforeAll(async () => {
  const env = { ALERT_CHANNELS: 'Slack', ALERT_RECIPIENTS: 'on-duty', DEFAULT_CHANNELS: 'Email' }
  desk = await startNotificationSystem('127.61.32', { events: true, env })
  await desk.call('POST /subscriptions', {
    name: 'everything stored',
    event_types: ['sample.stored', 'sequencing.*', 'notification.*'],
    channels: ['Email'],
    recipients: ['subscriber@lab.test'],
  })
}, 30_000)

afterAll(() => desk.stop())

async function found(recipient: string): Promise<{ total: number; notifications: { id: string; title: string }[] }> {
  const { body } = await desk.call(`GET /notifications?recipient=${recipient}&page_size=100`)
  return body as { total: number; notifications: { id: string; title: string }[] }
}

/** Posts with an Authorization header and more, as services do. */
async function post(path: string, body: object, headers: Record<string, string> = {}) {
  const answer = await fetch(desk.system.service.base + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Service service_test', ...headers },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

describe('events', () => {
  it('POST /integration/lab-events -> 200: subscribers are told, once per event', async () => {
    const event = { event_type: 'sequencing.job_completed', event_id: randomUUID(), source_service: 'sequencing' }
    const first = await desk.call('POST /integration/lab-events', event)
    const taken = { success: true, duplicate: false, event_id: event.event_id }
    expect([first.status, first.body]).toMatchObject([200, taken])
    const [id = ''] = (first.body as { notifications: string[] }).notifications
    await desk.reaches(id, 'Sent')
    const again = await desk.call('POST /integration/lab-events', event)
    expect(again.body).toMatchObject({ duplicate: true, notifications: [] })
  })

  it('from the streams are told of once, and each is noted', async () => {
    const call = clientOf(desk.system.event?.base ?? '')
    const event_id = randomUUID()
    const wish = { event_id, event_type: 'sample.stored', source_service: 'sample', subject: 's-1', payload: {} }
    const published = await call('POST /api/v1/events/publish', wish, desk.system.user.token)
    await call('POST /api/v1/events/publish', wish, desk.system.user.token)
    const read = () =>
      desk.system.postgres.read<{ deliveries: number }>(
        'select deliveries from notification.received_events where event_id = $1',
        [event_id],
      )
    await vi.waitFor(async () => expect(await read()).toEqual([{ deliveries: 2 }]), 4000)
    const { notifications } = await found('subscriber@lab.test')
    const about = notifications.filter(({ title }) => title === 'sample.stored')
    expect(about).toHaveLength(1)
    await desk.reaches(about[0]?.id ?? '', 'Sent')
    await vi.waitFor(() => {
      const names = desk.system.otlp.linkedTo(published.traceId).map(({ name }) => name)
      expect(names).toContain('process events')
    }, 3000)
  })

  it('of its own are published and never told of', async () => {
    const id = await desk.send()
    await desk.reaches(id, 'Sent')
    const noted = () =>
      desk.system.postgres.read<{ n: number }>(
        `select count(*)::int as n from notification.received_events where event_type = 'notification.sent'`,
      )
    await vi.waitFor(async () => expect((await noted())[0]?.n).toBeGreaterThan(1), 4000)
    const { notifications } = await found('subscriber@lab.test')
    expect(notifications.filter(({ title }) => title.startsWith('notification.'))).toEqual([])
  })

  it.each([
    ['/integration/sample-events', 'sample.created'],
    ['/integration/sequencing-events', 'sequencing.job_created'],
    ['/integration/template-events', 'template.created'],
  ])('POST %s -> 200: takes %s', async (path, event_type) => {
    expect((await desk.call(`POST ${path}`, { event_type })).body).toMatchObject({ success: true, duplicate: false })
  })

  it.each<[string, number, string, object]>([
    ['/integration/lab-events', 400, 'a type that is none', { event_type: 'x' }],
    ['/integration/lab-events', 422, 'no type', {}],
    ['/integration/sample-events', 400, 'an event of another kind', { event_type: 'template.created' }],
    ['/integration/sequencing-events', 400, 'an event of another kind', { event_type: 'sample.created' }],
    ['/integration/template-events', 400, 'an event of another kind', { event_type: 'sample.created' }],
    ['/integration/system-alerts', 422, 'no message', { title: 'x' }],
  ])('POST %s -> %i: %s', async (path, status, _why, body) => {
    expect((await desk.call(`POST ${path}`, body)).status).toBe(status)
  })
})

describe('alerts', () => {
  const ALERT = {
    status: 'firing',
    labels: { alertname: 'ServiceDown', severity: 'critical' },
    annotations: { summary: 'sample is down' },
    startsAt: '2025-07-14T00:00:00Z',
    fingerprint: 'f00',
  }
  const MESSAGE = { version: '4', groupKey: 'g', status: 'firing', receiver: 'notification', alerts: [ALERT] }

  it('POST /webhook/alerts -> 200: those on duty are told, once per firing and once per end', async () => {
    const first = await post('/webhook/alerts', MESSAGE)
    expect(first).toMatchObject({ status: 200, body: { received: 1, duplicates: 0 } })
    expect((await post('/webhook/alerts', MESSAGE)).body).toMatchObject({ duplicates: 1, notifications: [] })
    const over = { ...MESSAGE, alerts: [{ ...ALERT, status: 'resolved' }] }
    expect((await post('/webhook/alerts', over)).body).toMatchObject({ duplicates: 0 })
    const { notifications } = await found('on-duty')
    expect(notifications.map(({ title }) => title)).toEqual(['[RESOLVED] ServiceDown', '[FIRING] ServiceDown'])
    for (const { id } of notifications) await desk.reaches(id, 'Sent')
    const told = desk.sink.arrived.filter(({ channel }) => channel === 'slack').map(({ body }) => body.text)
    expect(told).toContain('*[FIRING] ServiceDown*\nsample is down')
  })

  it('POST /webhook/alerts -> 422: what is no alert', async () => {
    expect((await desk.call('POST /webhook/alerts', { alerts: [{}] })).status).toBe(422)
    expect((await desk.call('POST /webhook/alerts', {})).status).toBe(422)
  })

  it('POST /integration/system-alerts -> 200: those on duty are told', async () => {
    const alert = { title: 'Disk full', message: 'no room', severity: 'critical', alert_id: 'disk-1' }
    const { body } = await desk.call('POST /integration/system-alerts', alert)
    const [id = ''] = (body as { notifications: string[] }).notifications
    await desk.reaches(id, 'Sent')
    expect((await desk.call('POST /integration/system-alerts', alert)).body).toMatchObject({ duplicate: true })
  })
})

describe('transactions', () => {
  const WISH = {
    type: 'sample_submitted',
    recipients: ['submitter@lab.test'],
    template: 'sample_submission_success',
    context: { sample_barcode: 'B-1', sample_id: 's-1', submitter_id: 'u-1' },
    priority: 'normal',
  }
  const send = (transaction: string) => post('/api/v1/notifications/send', WISH, { 'x-transaction-id': transaction })
  const cancel = (transaction: string, notification_ids: string[] = []) =>
    post('/api/v1/notifications/cancel', { notification_ids, reason: 'x' }, { 'x-transaction-id': transaction })

  it('POST /api/v1/notifications/send -> 200: one notification per transaction, however often it asks', async () => {
    const [first, second] = await Promise.all([send('t-1'), send('t-1')])
    expect(first).toMatchObject({ status: 200, body: { success: true, data: { status: 'Pending' } } })
    expect(second.body).toEqual(first.body)
    const [{ id, title } = { id: '', title: '' }] = (await found('submitter@lab.test')).notifications
    expect(title).toBe('Sample B-1 submitted')
    await desk.reaches(id, 'Sent')
  })

  it('POST /api/v1/notifications/cancel -> 200: what has not gone out never will', async () => {
    desk.sink.answer('email', 503)
    const { body } = await send('t-2')
    const { notification_ids } = body.data as { notification_ids: string[] }
    expect(await cancel('t-2')).toMatchObject({ status: 200, body: { data: { cancelled: notification_ids } } })
    desk.sink.answer('email', 200)
    await desk.reaches(notification_ids[0] ?? '', 'Cancelled')
  })

  it('POST /api/v1/notifications/cancel -> 404: nothing to take back, and a late wish is refused', async () => {
    expect((await cancel('t-3')).status).toBe(404)
    expect(await send('t-3')).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT' } } })
  })

  it('POST /api/v1/notifications/send -> 422: no recipients', async () => {
    expect((await desk.call('POST /api/v1/notifications/send', { type: 'x' })).status).toBe(422)
    expect((await desk.call('POST /api/v1/notifications/cancel', { notification_ids: 1 })).status).toBe(422)
  })
})

it.each([
  '/integration/lab-events',
  '/integration/sample-events',
  '/integration/sequencing-events',
  '/integration/template-events',
  '/integration/system-alerts',
  '/webhook/alerts',
  '/api/v1/notifications/send',
  '/api/v1/notifications/cancel',
])('POST %s -> 401: nobody knows who calls', async (path) => {
  expect((await desk.system.call(`POST ${path}`, {}, 'a.b.c')).status).toBe(401)
})
