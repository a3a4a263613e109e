// Event analytics: every event of every service is counted once per id, through kills of everything around it.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { clientOf } from '../testing/client.ts'
import { startContractSystem, type ContractSystem } from '../testing/contract-system.ts'
import type { ServiceProcess } from '../testing/service-process.ts'

const SUBNET = '127.61.22'
const SHORT = '700ms'
const QUICK = {
  REDIS_TIMEOUT: SHORT,
  READINESS_TIMEOUT: '900ms',
  DB_ACQUIRE_TIMEOUT: SHORT,
  DB_QUERY_TIMEOUT: SHORT,
}
const WISH = { event_type: 'sample.created', source_service: 'sample', payload: {} }

let system: ContractSystem
let analytics: ServiceProcess

beforeAll(async () => {
  const wish = { name: 'event-analytics', port: 8097, env: QUICK, events: true, eventEnv: QUICK } as const
  system = await startContractSystem(SUBNET, wish)
  analytics = system.service
}, 30_000)

afterAll(() => system.stop())

interface Row {
  readonly event_id: string
  readonly deliveries: number
}

async function publish(more: object = {}): Promise<{ id: string; status: number; traceId: string }> {
  const call = clientOf(system.event?.base ?? '')
  const { status, body, traceId } = await call('POST /api/v1/events/publish', { ...WISH, ...more }, system.user.token)
  return { id: (body as { event_id: string }).event_id, status, traceId }
}

function rows(ids: readonly string[]): Promise<Row[]> {
  return system.postgres.read<Row>(
    'select event_id, deliveries from event_analytics.events where event_id = any($1) order by first_delivered_at',
    [ids],
  )
}

async function arrived(ids: readonly string[], timeout = 3000): Promise<void> {
  const look = async (): Promise<void> => expect((await rows(ids)).length).toBe(ids.length)
  await vi.waitFor(look, { timeout, interval: 100 })
}

async function metrics(): Promise<string> {
  return (await fetch(`${analytics.base}/metrics`)).text()
}

it('GET /metrics -> 200: counts each event once, and its other deliveries apart', async () => {
  const event_id = randomUUID()
  for (let n = 0; n < 3; n += 1) await publish({ event_id, event_type: 'sample.stored' })
  await vi.waitFor(async () => expect(await rows([event_id])).toEqual([{ event_id, deliveries: 3 }]), 3000)
  const text = await metrics()
  expect(text).toContain('events_processed_total{service="event-analytics",event_type="sample.stored"} 1')
  expect(text).toContain('events_duplicate_total{service="event-analytics",event_type="sample.stored"} 2')
  expect(text).toMatch(/event_processing_seconds_count\{service="event-analytics"\} [1-9]/)
})

it('links its work to the request that caused it', async () => {
  const { id, traceId } = await publish()
  await arrived([id])
  await vi.waitFor(() => {
    const spans = system.otlp.linkedTo(traceId)
    expect(spans.map(({ service, name }) => [service, name])).toEqual([['event-analytics', 'process events']])
    const names = system.otlp.trace(spans[0]?.traceId ?? '').map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['INSERT event_analytics.events', 'MULTI']))
  }, 3000)
})

it('GET /health/ready -> 503: without its database; what came meanwhile is counted afterwards', async () => {
  await system.postgres.kill()
  await analytics.waitUntil('/health/ready', 503)
  expect((await fetch(`${analytics.base}/health`)).status).toBe(200)
  const keyed = await fetch(`${system.event?.base}/api/v1/events/publish`, {
    method: 'POST',
    headers: { authorization: 'Service service_test', 'content-type': 'application/json' },
    body: JSON.stringify(WISH),
  })
  const { event_id } = (await keyed.json()) as { event_id: string }
  await system.postgres.start()
  await arrived([event_id], 10_000)
  await analytics.waitUntil('/health/ready', 200, 3000)
})

it('GET /health/ready -> 503: without Redis; what was acknowledged before is counted afterwards', async () => {
  const { id } = await publish()
  await system.redis?.kill()
  await analytics.waitUntil('/health/ready', 503)
  expect((await publish()).status).toBe(500)
  await system.redis?.start()
  await arrived([id], 6000)
  await analytics.waitUntil('/health/ready', 200, 3000)
})

it('goes on where it was killed, and counts every event that came meanwhile', async () => {
  const ids: string[] = []
  const load = async (): Promise<void> => {
    for (let n = 0; n < 40; n += 1) ids.push((await publish()).id)
  }
  const loading = load()
  await analytics.end('SIGKILL')
  await loading
  analytics = system.more({ name: 'event-analytics', port: 8097, env: QUICK }, `${SUBNET}.3`)
  await analytics.waitUntil('/health/ready', 200)
  await arrived(ids, 5000)
})

it('told to stop it exits 0', async () => {
  expect(await analytics.end('SIGTERM')).toBe(0)
})

it('analytics-reads-nothing: with the defect nothing is counted while health is green', async () => {
  const env = { ...QUICK, DEFECTS: 'analytics-reads-nothing' }
  analytics = system.more({ name: 'event-analytics', port: 8097, env }, `${SUBNET}.3`)
  await analytics.waitUntil('/health/ready', 200)
  const { id } = await publish()
  await new Promise((resolve) => setTimeout(resolve, 1000))
  expect(await rows([id])).toEqual([])
})
