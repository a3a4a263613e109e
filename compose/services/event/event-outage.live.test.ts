// The event service when Redis is away, the outbox that bears with it, and the defects it was shipped with.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { streamOf, type Envelope } from '../kit/event-streams.ts'
import { clientOf } from '../testing/client.ts'
import { startContractSystem, type ContractSystem } from '../testing/contract-system.ts'
import type { ServiceProcess } from '../testing/service-process.ts'

const SUBNET = '127.61.21'
const WISH = { event_type: 'sample.created', source_service: 'sample', payload: { sample_id: 's-1' } }
const GROUP = { name: 'readers', consumer_group: 'readers', consumer_name: 'reader-1' }
const QUICK = { REDIS_TIMEOUT: '500ms', READINESS_TIMEOUT: '700ms' }

let system: ContractSystem
let redis: NonNullable<ContractSystem['redis']>
let shipped: ServiceProcess

beforeAll(async () => {
  system = await startContractSystem(SUBNET, { name: 'sample', port: 8081, events: true, eventEnv: QUICK })
  if (system.redis === undefined) throw new Error('no Redis')
  redis = system.redis
  const env = { ...QUICK, DEFECTS: 'event-mock,silent-group-failure,unbounded-streams', STREAM_MAX_LENGTH: '10' }
  shipped = system.more({ name: 'event', port: 8087, env }, `${SUBNET}.7`)
  await shipped.waitUntil('/health/ready', 200)
}, 30_000)

afterAll(() => system.stop())

function call(what: string, body?: unknown) {
  return clientOf(system.event?.base ?? '')(what, body, system.user.token)
}

async function entries(type: string): Promise<Envelope[]> {
  const found = (await redis.read('XRANGE', streamOf(type), '-', '+')) as [string, string[]][]
  return found.map(([, [, text]]) => JSON.parse(text ?? '') as Envelope)
}

describe('the outbox of other services', () => {
  it('brings their events here, linked to the request that caused them', async () => {
    const wish = { name: 'n', sample_type: 'DNA', barcode: 'OUTBOX-1' }
    const created = await system.call('POST /samples', wish, system.user.token)
    const found = await vi.waitFor(async () => {
      const mine = (await entries('sample.created')).find(({ subject }) => subject === created.data.id)
      expect(mine).toBeDefined()
      return mine
    }, 3000)
    expect(found).toMatchObject({ source_service: 'sample', payload: { barcode: 'OUTBOX-1', sample_type: 'DNA' } })
    expect(found?.metadata.traceparent).toContain(created.traceId)
    const [row] = await system.postgres.read<{ event_id: string }>(
      'select event_id from sample.outbox where subject = $1 and published_at is not null',
      [created.data.id],
    )
    expect(row?.event_id).toBe(found?.id)
  })
})

describe('without Redis', () => {
  beforeAll(() => redis.kill())

  it('POST /api/v1/events/publish -> 500: says that nothing was published', async () => {
    const { status, body } = await call('POST /api/v1/events/publish', WISH)
    expect([status, body]).toEqual([500, { error: 'Redis does not answer, nothing was published' }])
    expect((await call('GET /api/v1/stats')).status).toBe(500)
  })

  it('GET /health/ready -> 503: cannot do its work', async () => {
    await system.event?.waitUntil('/health/ready', 503)
    expect((await fetch(`${system.event?.base}/health`)).status).toBe(200)
  })

  it('with the defect event-mock it acknowledges what is lost, and is ready', async () => {
    const publish = clientOf(shipped.base)
    const { status, body } = await publish('POST /api/v1/events/publish', WISH, system.user.token)
    expect([status, (body as { stream_id: string }).stream_id]).toEqual([200, expect.stringMatching(/^mock-/)])
    await shipped.waitUntil('/health/ready', 200)
  })

  it('does its work again soon after the return of Redis, and what the outbox held back arrives', async () => {
    const created = await system.call('POST /samples', { name: 'n', sample_type: 'DNA' }, system.user.token)
    expect(created.status).toBe(200)
    await redis.start()
    await system.event?.waitUntil('/health/ready', 200, 3000)
    await vi.waitFor(async () => {
      expect((await entries('sample.created')).map(({ subject }) => subject)).toContain(created.data.id)
    }, 6000)
  })
})

describe('as shipped', () => {
  it('silent-group-failure: a subscription to a stream to come has no group', async () => {
    const wish = { ...GROUP, consumer_group: 'ghost', event_types: ['sample.never'] }
    const { status } = await clientOf(shipped.base)('POST /api/v1/events/subscribe', wish, system.user.token)
    expect(status).toBe(200)
    expect(await redis.read('EXISTS', streamOf('sample.never'))).toBe(0)
  })

  it('unbounded-streams: nothing is ever dropped', async () => {
    const events = Array.from({ length: 50 }, () => ({ ...WISH, event_type: 'sample.validated' }))
    const batch = clientOf(shipped.base)
    for (let n = 0; n < 5; n += 1) await batch('POST /api/v1/events/publish/batch', { events }, system.user.token)
    expect(await redis.read('XLEN', streamOf('sample.validated'))).toBe(250)
  })

  it('subscribe-exhausts-pool: after ten subscriptions publishing hangs', async () => {
    const env = { DEFECTS: 'subscribe-exhausts-pool' }
    const hog = system.more({ name: 'event', port: 8087, env }, `${SUBNET}.8`)
    await hog.waitUntil('/health/ready', 200)
    const ask = clientOf(hog.base)
    const wish = { ...GROUP, event_types: ['sample.created'] }
    for (let n = 0; n < 10; n += 1) await ask('POST /api/v1/events/subscribe', wish, system.user.token)
    const hanging = fetch(`${hog.base}/api/v1/events/publish`, {
      method: 'POST',
      headers: { authorization: 'Service service_x', 'content-type': 'application/json' },
      body: JSON.stringify(WISH),
      signal: AbortSignal.timeout(500),
    })
    await expect(hanging).rejects.toThrow('timeout')
  })
})
