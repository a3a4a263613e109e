// Notifications from the wish to the sink: sent once, tried again, given up, planned, cancelled, and asked about.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { askedBy, type Filling } from '../testing/route-title.ts'
import { startNotificationSystem, WISH, type NotificationSystem } from './testing/notification-system.ts'

const UNKNOWN = '00000000-0000-4000-8000-000000000000'

let desk: NotificationSystem

beforeAll(async () => {
  const env = { NOTIFICATION_MAX_BULK: '3', SMS_SENDER_URL: 'http://127.61.30.99:1' }
  desk = await startNotificationSystem('127.61.30', { env })
}, 30_000)

afterAll(() => desk.stop())

async function statusOf(id: string): Promise<unknown> {
  return (await desk.call(`GET /notifications/${id}/status`)).body
}

describe('sending', () => {
  it('POST /notifications -> 200: is acknowledged at once, and every channel takes it', async () => {
    const { status, body } = await desk.call('POST /notifications', { ...WISH, channels: ['Slack', 'Email', 'InApp'] })
    expect([status, body]).toEqual([
      200,
      {
        id: expect.any(String) as string,
        status: 'Pending',
        message: 'Notification queued for delivery',
        created_at: expect.any(String) as string,
        scheduled_at: null,
        sent_at: null,
      },
    ])
    const { id } = body as { id: string }
    await desk.reaches(id, 'Sent')
    expect(desk.sink.arrived.map(({ channel }) => channel).sort()).toEqual(['email', 'slack'])
    expect(desk.sink.arrived.find(({ channel }) => channel === 'email')?.body).toEqual({
      to: ['lab@lab.test'],
      subject: 'Run finished',
      body: 'Run 7 has finished',
    })
  })

  it('GET /notifications/:id -> 200: what was sent, and to whom', async () => {
    const id = await desk.send()
    await desk.reaches(id, 'Sent')
    const { status, body } = await desk.call(`GET /notifications/${id}`)
    expect([status, body]).toMatchObject([200, { ...WISH, id, status: 'Sent' }])
  })

  it('GET /notifications/:id/status -> 200: tells how each channel stands', async () => {
    const id = await desk.send()
    await desk.reaches(id, 'Sent')
    expect(await statusOf(id)).toMatchObject({
      status: 'Sent',
      channels: [{ channel: 'Slack', status: 'sent', attempts: 1, last_error: null, next_attempt_at: null }],
    })
  })

  it('tries again until it is taken, as one and the same message', async () => {
    desk.sink.answer('teams', 503)
    const id = await desk.send({ channels: ['Teams'] })
    const attempts = () => desk.sink.arrived.filter(({ channel }) => channel === 'teams')
    await vi.waitFor(() => expect(attempts().length).toBeGreaterThan(1), 3000)
    desk.sink.answer('teams', 200)
    await desk.reaches(id, 'Sent')
    expect(new Set(attempts().map(({ key }) => key)).size).toBe(1)
  })

  it('POST /notifications/:id/retry -> 200: what was given up is tried anew', async () => {
    desk.sink.answer('discord', 500)
    const id = await desk.send({ channels: ['Discord', 'Slack'] })
    await desk.reaches(id, 'Failed')
    expect(await statusOf(id)).toMatchObject({
      channels: [
        { channel: 'Discord', status: 'failed', attempts: 4, last_error: expect.stringContaining('500') as string },
        { channel: 'Slack', status: 'sent' },
      ],
    })
    desk.sink.answer('discord', 200)
    expect((await desk.call(`POST /notifications/${id}/retry`)).body).toMatchObject({ id, status: 'Pending' })
    await desk.reaches(id, 'Sent')
    const again = await desk.call(`POST /notifications/${id}/retry`)
    expect([again.status, again.code]).toEqual([409, 'CONFLICT'])
  })

  it.each([
    ['a definite no is not repeated', 'Push', 404, 1],
    ['a wish for patience is heeded', 'Webhook', 429, 4],
  ])('%s', async (_what, channel, answer, attempts) => {
    desk.sink.answer(channel.toLowerCase(), answer)
    const id = await desk.send({ channels: [channel] })
    await desk.reaches(id, 'Failed')
    expect(await statusOf(id)).toMatchObject({ channels: [{ attempts }] })
  })

  it('a sender that cannot be reached is named', async () => {
    const id = await desk.send({ channels: ['Sms'] })
    await desk.reaches(id, 'Failed')
    expect(JSON.stringify(await statusOf(id))).toContain('cannot be reached')
  })

  it('what is planned waits for its time', async () => {
    const at = new Date(Date.now() + 1500).toISOString()
    const id = await desk.send({ scheduled_at: at, title: 'later' })
    expect(await statusOf(id)).toMatchObject({ status: 'Scheduled', channels: [{ status: 'pending', attempts: 0 }] })
    await desk.reaches(id, 'Sent')
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(at))
  })

  it('more urgent notifications go first', async () => {
    const { arrived } = desk.sink
    const before = arrived.length
    const all = Array.from({ length: 60 }, (_, n) => desk.send({ title: `low ${n}`, priority: 'Low' }))
    all.push(desk.send({ title: 'urgent', priority: 'Urgent' }))
    for (const id of await Promise.all(all)) await desk.reaches(id, 'Sent')
    const place = arrived.slice(before).findIndex(({ body }) => String(body.text).includes('urgent'))
    expect(place).toBeGreaterThanOrEqual(0)
    expect(arrived.length - before).toBe(61)
  })
})

describe('many', () => {
  it('POST /notifications/bulk -> 200: what is right is sent, what is wrong is named', async () => {
    const notifications = [WISH, { ...WISH, title: '' }, { ...WISH, channels: undefined }]
    const { status, body } = await desk.call('POST /notifications/bulk', { notifications })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      total_created: 1,
      total_failed: 2,
      failed: [{ index: 1, code: 'VALIDATION_ERROR' }, { index: 2 }],
    })
  })

  it('POST /notifications/bulk -> 429: over the limit', async () => {
    const { status, body } = await desk.call('POST /notifications/bulk', { notifications: [WISH, WISH, WISH, WISH] })
    expect(status).toBe(429)
    expect(body).toMatchObject({ error: { code: 'LIMIT_EXCEEDED', retryable: true } })
  })

  it('GET /notifications -> 200: newest first, under their filters', async () => {
    const id = await desk.send({ recipients: ['filter@lab.test'], priority: 'Critical', notification_type: 'Warning' })
    await desk.reaches(id, 'Sent')
    const filters = 'recipient=filter@lab.test&status=Sent&priority=Critical&notification_type=Warning&page_size=5'
    const { body } = await desk.call(`GET /notifications?${filters}`)
    expect(body).toMatchObject({ total: 1, page: 1, page_size: 5, total_pages: 1, notifications: [{ id }] })
  })
})

describe('refusals', () => {
  it.each<[string, number, string, unknown, Filling?]>([
    ['POST /notifications', 400, 'an empty title', { ...WISH, title: '' }],
    ['POST /notifications', 400, 'a NUL in the metadata', { ...WISH, metadata: { a: '\0' } }],
    ['POST /notifications', 422, 'an unknown type', { ...WISH, notification_type: 'Gossip' }],
    ['POST /notifications', 404, 'an unknown template', { ...WISH, template_id: UNKNOWN }],
    ['GET /notifications', 400, 'an unknown status', undefined, { query: 'status=sent' }],
    ['GET /notifications/:id', 404, 'an unknown id', undefined],
    ['GET /notifications/:id', 400, 'no id', undefined, { ids: { id: 'x' } }],
    ['GET /notifications/:id/status', 404, 'an unknown id', undefined],
    ['POST /notifications/:id/retry', 404, 'an unknown id', undefined],
    ['PUT /notifications', 405, 'another method', {}],
  ])('%s -> %i: %s', async (route, status, why, body, filling) => {
    const { what } = askedBy(`${route} -> ${status}: ${why}`, { ids: { id: UNKNOWN }, ...filling })
    const answer = await desk.call(what, body)
    expect(answer.status).toBe(status)
    if (typeof answer.body === 'object') {
      const form = { code: expect.any(String) as string, retryable: false, timestamp: expect.any(String) as string }
      expect(answer.body).toMatchObject({ error: form })
    }
  })

  it.each([
    'POST /notifications',
    'GET /notifications',
    'GET /notifications/:id',
    'GET /notifications/:id/status',
    'POST /notifications/:id/retry',
    'POST /notifications/bulk',
  ])('%s -> 401: nobody knows who calls', async (route) => {
    const body = route.startsWith('POST') ? {} : undefined
    const { status, code } = await desk.system.call(route.replace(':id', UNKNOWN), body, 'a.b.c')
    expect([status, code]).toEqual([401, 'AUTHENTICATION_FAILED'])
  })
})
