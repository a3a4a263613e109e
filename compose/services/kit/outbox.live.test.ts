// The outbox against a real database: events come in order and once while all is well, late but never lost otherwise.
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startPostgres, type TestPostgres } from '../testing/postgres.ts'
import { openDatabase, type Database } from './database.ts'
import { createMetrics } from './metrics.ts'
import { openOutbox, outboxSchema, type Outbox } from './outbox.ts'

const SUBNET = '127.61.12'
const metrics = createMetrics('sample')
const warnings: string[] = []
const seen: { event_type: string; event_id: string; payload: { n: number } }[] = []
/** The fake event service: what it answers, and to which events it says a definite no. */
const event = { status: 200, refuses: -1 }

const server = createServer((request, response) => {
  void bodyOf(request).then(({ events }) => {
    const refused = events.some(({ payload }) => payload.n === event.refuses)
    if (!refused && event.status === 200) seen.push(...events)
    response.writeHead(refused ? 400 : event.status).end('{"error":"no"}')
  })
})

let postgres: TestPostgres
let database: Database
let outbox: Outbox

beforeAll(async () => {
  postgres = await startPostgres(`${SUBNET}.1`)
  server.listen(8087, `${SUBNET}.2`)
  await once(server, 'listening')
  const warn = (message: string): void => void warnings.push(message)
  const deadlines = { acquireTimeout: 2000, connectTimeout: 1000, queryTimeout: 2000, startTimeout: 1000 }
  database = openDatabase({ databaseUrl: postgres.url('sample'), poolSize: 4, ...deadlines }, { metrics, warn })
  await database.transaction((query) => query(outboxSchema('sample')))
  const eventUrl = `http://${SUBNET}.2:8087`
  const settings = { eventUrl, eventTimeout: 1000, serviceKey: 'service_sample', outboxRetention: 3_600_000 }
  outbox = openOutbox(settings, { service: 'sample', database, metrics, warn })
  outbox.start()
}, 30_000)

afterAll(async () => {
  await outbox.stop()
  await database.stop()
  server.close()
  await postgres.remove()
})

async function bodyOf(request: IncomingMessage): Promise<{ events: typeof seen }> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString()) as { events: typeof seen }
}

function add(...numbers: readonly number[]): Promise<void> {
  return database.transaction(async (query) => {
    for (const n of numbers) await outbox.add(query, { type: 'sample.created', payload: { n } })
  })
}

function numbers(): number[] {
  return seen.map(({ payload }) => payload.n)
}

it('sends what was committed, soon, in order and once, and nothing that was rolled back', async () => {
  await add(1, 2)
  const undone = database.transaction(async (query) => {
    await outbox.add(query, { type: 'sample.created', payload: { n: 99 } })
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  await add(3)
  await vi.waitFor(() => expect(numbers()).toEqual([1, 2, 3]), 1000)
  const waiting = 'select count(*)::int as n from sample.outbox where published_at is null'
  await vi.waitFor(async () => expect(await postgres.read(waiting)).toEqual([{ n: 0 }]), 1000)
})

it('holds events back while the event service fails, and sends them all when it is back', async () => {
  event.status = 503
  await add(...Array.from({ length: 120 }, (_, n) => n + 4))
  await vi.waitFor(() => expect(warnings).toContain('events wait: event answered with status 503'), 2000)
  const text = await metrics.registry.metrics()
  expect(/outbox_waiting_seconds\{service="sample"\} (\S+)/.exec(text)?.[1]).not.toBe('0')
  event.status = 200
  await vi.waitFor(() => expect(numbers()).toEqual(Array.from({ length: 123 }, (_, n) => n + 1)), 5000)
})

it('sets aside the one event that is refused, and sends those around it', async () => {
  event.refuses = 201
  await add(200, 201, 202)
  await vi.waitFor(() => expect(numbers().slice(-2)).toEqual([200, 202]), 3000)
  const [row] = await postgres.read<{ refused: string }>('select refused from sample.outbox where refused is not null')
  expect(row?.refused).toContain('400')
})

it('does not store events that nobody is there to take', async () => {
  const nowhere = openOutbox(
    { eventUrl: '', eventTimeout: 1, serviceKey: 'x', outboxRetention: 1 },
    { service: 'sample', database, metrics: createMetrics('other'), warn: () => undefined },
  )
  const before = await postgres.read('select max(id) from sample.outbox')
  await database.transaction((query) => nowhere.add(query, { type: 'sample.created', payload: {} }))
  expect(nowhere.note()).toBeNull()
  expect(await postgres.read('select max(id) from sample.outbox')).toEqual(before)
})
