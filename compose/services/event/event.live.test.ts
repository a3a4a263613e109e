// The event service's routes against a real Redis: what is answered lies in the streams, and nothing is made up.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { streamOf, type Envelope } from '../kit/event-streams.ts'
import { clientOf } from '../testing/client.ts'
import { startContractSystem, type ContractSystem } from '../testing/contract-system.ts'

const SUBNET = '127.61.20'
const WISH = { event_type: 'sample.created', source_service: 'sample', payload: { sample_id: 's-1' } }
const GROUP = { name: 'readers', consumer_group: 'readers', consumer_name: 'reader-1' }

let system: ContractSystem
let redis: NonNullable<ContractSystem['redis']>

beforeAll(async () => {
  const env = {
    STREAM_MAX_LENGTH: '10',
    MAX_EVENT_TYPES: '12',
    MAX_SUBSCRIPTIONS: '4',
    MAX_EVENT_BYTES: '2000',
    MAX_EVENTS_PER_BATCH: '200',
    STATS_REFRESH: '200ms',
    REDIS_TIMEOUT: '500ms',
    READINESS_TIMEOUT: '700ms',
  }
  system = await startContractSystem(SUBNET, { name: 'sample', port: 8081, events: true, eventEnv: env })
  if (system.redis === undefined) throw new Error('no Redis')
  redis = system.redis
}, 30_000)

afterAll(() => system.stop())

function call(what: string, body?: unknown, token = system.user.token) {
  return clientOf(system.event?.base ?? '')(what, body, token)
}

async function entries(type: string): Promise<Envelope[]> {
  const found = (await redis.read('XRANGE', streamOf(type), '-', '+')) as [string, string[]][]
  return found.map(([, [field, text]]) => {
    expect(field).toBe('event')
    return JSON.parse(text ?? '') as Envelope
  })
}

async function metrics(): Promise<string> {
  return (await fetch(`${system.event?.base}/metrics`)).text()
}

describe('publishing', () => {
  it('POST /api/v1/events/publish -> 200: the event lies in its stream, with the trace of the request', async () => {
    const wish = { ...WISH, correlation_id: 'c-1', subject: 's-1', priority: 5 }
    const answer = await call('POST /api/v1/events/publish', wish)
    expect(answer.status).toBe(200)
    const { event_id, stream_id, published_at } = answer.body as Record<string, string>
    expect(stream_id).toMatch(/^\d+-\d+$/)
    expect(Date.parse(published_at ?? '')).toBeGreaterThan(0)
    const [envelope] = await entries('sample.created')
    expect(envelope).toMatchObject({ ...WISH, id: event_id, version: '1.0', priority: 5, correlation_id: 'c-1' })
    expect(envelope?.metadata.traceparent).toContain(answer.traceId)
    await vi.waitFor(() => {
      const spans = system.otlp.trace(answer.traceId).map(({ name, attributes }) => [name, attributes['peer.service']])
      expect(spans).toContainEqual(['MULTI', 'redis'])
    }, 3000)
  })

  it('POST /api/v1/events/publish/batch -> 200: all events lie in their streams, in order', async () => {
    const events = [1, 2, 3].map((n) => ({ ...WISH, event_type: 'sample.stored', payload: { n } }))
    const { status, body } = await call('POST /api/v1/events/publish/batch', { events })
    const { events: published } = body as { events: { event_id: string }[] }
    expect([status, published.length]).toEqual([200, 3])
    const stored = await entries('sample.stored')
    expect(stored.map(({ payload }) => payload)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
    expect(stored.map(({ id }) => id)).toEqual(published.map(({ event_id }) => event_id))
  })

  it('keeps about as many events as it should', async () => {
    const events = Array.from({ length: 200 }, (_, n) => ({ ...WISH, event_type: 'sample.updated', payload: { n } }))
    await call('POST /api/v1/events/publish/batch', { events })
    await call('POST /api/v1/events/publish/batch', { events })
    const stored = await entries('sample.updated')
    // Redis trims whole nodes of 100 entries.
    expect(stored.length).toBeLessThan(200)
    expect(stored.at(-1)?.payload).toEqual({ n: 199 })
  })

  it.each<[string, number, string, unknown]>([
    ['POST /api/v1/events/publish', 400, 'a type that is none', { ...WISH, event_type: 'nonsense' }],
    ['POST /api/v1/events/publish', 400, 'a priority of 9', { ...WISH, priority: 9 }],
    ['POST /api/v1/events/publish', 413, 'an event too large', { ...WISH, payload: 'x'.repeat(2000) }],
    ['POST /api/v1/events/publish', 422, 'no payload', { ...WISH, payload: undefined }],
    ['POST /api/v1/events/publish', 400, 'broken JSON', '{'],
    ['POST /api/v1/events/publish/batch', 400, 'an empty batch', { events: [] }],
    ['POST /api/v1/events/publish/batch', 400, 'one wrong event', { events: [WISH, { ...WISH, event_type: 'x' }] }],
    ['POST /api/v1/events/publish/batch', 429, 'a batch too large', { events: Array(201).fill(WISH) }],
  ])('%s -> %i: %s', async (what, status, _why, body) => {
    const before = await redis.read('XLEN', streamOf('sample.created'))
    const answer = await call(what, body)
    expect(answer.status).toBe(status)
    expect(await redis.read('XLEN', streamOf('sample.created'))).toBe(before)
  })
})

describe('subscribing', () => {
  it('POST /api/v1/events/subscribe -> 200: the group gets what was and what will be published', async () => {
    const wish = { ...GROUP, event_types: ['sample.created', 'storage.capacity_warning'] }
    const { status, body } = await call('POST /api/v1/events/subscribe', wish)
    expect([status, body]).toEqual([
      200,
      { status: 'subscribed', subscription_name: 'readers', event_types: wish.event_types },
    ])
    const again = await call('POST /api/v1/events/subscribe', wish)
    expect(again.status).toBe(200)
    await call('POST /api/v1/events/publish', { ...WISH, event_type: 'storage.capacity_warning' })
    for (const type of wish.event_types) {
      const read = ['GROUP', 'readers', 'reader-1', 'COUNT', '10', 'STREAMS', streamOf(type), '>']
      expect(await redis.read('XREADGROUP', ...read)).toHaveLength(1)
    }
  })

  it('GET /api/v1/stats -> 200: counts what lies in the streams and what groups have settled', async () => {
    const stream = streamOf('storage.capacity_warning')
    const [read] = (await redis.read('XPENDING', stream, 'readers', '-', '+', 1)) as [string][]
    await redis.read('XACK', stream, 'readers', read?.[0] ?? '')
    const { status, body } = await call('GET /api/v1/stats')
    expect(status).toBe(200)
    // 405 of this test, and that auth has made a user who logged in.
    expect(body).toEqual({
      events_published: 407,
      events_consumed: 1,
      events_failed: expect.any(Number) as number,
      handlers_registered: 1,
    })
  })

  it('GET /metrics -> 200: lengths of streams, and how far the groups are', async () => {
    await vi.waitFor(async () => {
      const text = await metrics()
      expect(text).toContain('events_published_total{service="event",event_type="sample.stored"} 3')
      expect(text).toContain('event_stream_length{service="event",event_type="sample.stored"} 3')
      expect(text).toContain('event_group_pending{service="event",group="readers"} 1')
      expect(text).toContain('event_group_lag{service="event",group="readers"} 0')
    }, 2000)
  })

  it.each<[number, string, object]>([
    [400, 'no types', { event_types: [] }],
    [400, 'a type that is none', { event_types: ['*'] }],
    [400, 'a name with spaces', { name: 'a b', event_types: ['sample.created'] }],
    [422, 'a missing list', {}],
    [429, 'more streams than allowed', { event_types: Array.from({ length: 12 }, (_, n) => `more.types_${n}`) }],
  ])('POST /api/v1/events/subscribe -> %i: %s', async (status, _why, wrong) => {
    expect((await call('POST /api/v1/events/subscribe', { ...GROUP, ...wrong })).status).toBe(status)
  })

  it('POST /api/v1/events/subscribe -> 429: there is an end of subscriptions', async () => {
    const subscribe = (n: number) =>
      call('POST /api/v1/events/subscribe', { ...GROUP, name: `many-${n}`, event_types: ['sample.created'] })
    const statuses = []
    for (const n of [1, 2, 3, 4]) statuses.push((await subscribe(n)).status)
    expect(statuses).toEqual([200, 200, 200, 429])
  })
})

describe('callers', () => {
  it.each([
    'POST /api/v1/events/publish',
    'POST /api/v1/events/publish/batch',
    'POST /api/v1/events/subscribe',
    'GET /api/v1/stats',
    'GET /',
  ])('%s -> 401: nobody knows who calls', async (what) => {
    const answer = await call(what, what.startsWith('POST') ? {} : undefined, 'a.b.c')
    expect(answer.status).toBe(401)
    expect(answer.body).toEqual({ error: expect.any(String) as string })
  })

  it('GET / -> 200: says what it is', async () => {
    expect((await call('GET /')).body).toMatchObject({ service: 'TracSeq Event Service', status: 'running' })
  })

  it('GET /health -> 200: is static', async () => {
    expect(await (await fetch(`${system.event?.base}/health`)).json()).toMatchObject({
      service: 'TracSeq Event Service',
      status: 'healthy',
    })
  })
})
