// Consumers of event streams against a real Redis: nothing is passed over, nothing bad holds up the rest.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { startRedis, type TestRedis } from '../testing/redis.ts'
import { deadLettersOf, EVENT_TYPES, streamOf } from './event-streams.ts'
import { createMetrics } from './metrics.ts'
import { DatabaseUnavailable } from './pool.ts'
import { openRedis, type RedisConnection } from './redis.ts'
import { createConsumer, type Consumer } from './stream-consumer.ts'
import type { DeliveredEvent } from './stream-handler.ts'

let server: TestRedis
let redis: RedisConnection
let made = 0
const running: Consumer[] = []

beforeAll(async () => {
  server = await startRedis('127.61.13.1')
  const settings = { redisUrl: server.url, redisTimeout: 500, redisConnectTimeout: 500 }
  redis = openRedis(settings, { metrics: createMetrics('test'), warn: () => undefined })
  await vi.waitFor(() => redis.run('PING'), 2000)
})

beforeEach(async () => {
  await Promise.all(running.splice(0).map((consumer) => consumer.stop()))
  await server.read('FLUSHALL')
  made = 0
})

afterAll(async () => {
  await Promise.all(running.map((consumer) => consumer.stop()))
  await redis.stop()
  await server.remove()
})

/** Publishes numbered events of a type. */
async function publish(type: string, amount = 1): Promise<void> {
  for (let n = 0; n < amount; n += 1) {
    made += 1
    const from = { source_service: 's', timestamp: '2025-07-14T00:00:00Z' }
    const event = { id: randomUUID(), event_type: type, ...from, payload: made }
    await redis.together([
      ['XADD', streamOf(type), '*', 'event', JSON.stringify(event)],
      ['SADD', EVENT_TYPES, type],
    ])
  }
}

type Handle = (events: readonly DeliveredEvent[]) => Promise<void>

function consume(handle: Handle, more: { consumer?: string; takeOverAfter?: number } = {}) {
  const warnings: string[] = []
  const settings = { group: 'g', consumer: 'g-1', maxAttempts: 2, takeOverAfter: 30_000, ...more }
  const warn = (message: string): void => void warnings.push(message)
  const consumer = createConsumer(settings, { redis, metrics: createMetrics('test'), warn, handle })
  running.push(consumer)
  consumer.start()
  return { consumer, warnings }
}

function numbersOf(events: readonly DeliveredEvent[]): unknown[] {
  return events.map(({ envelope }) => envelope.payload)
}

async function unsettled(type: string): Promise<unknown> {
  return ((await server.read('XPENDING', streamOf(type), 'g')) as unknown[])[0]
}

it('handles what was there before it, what comes, and streams that come later, each once', async () => {
  await publish('a.old', 150)
  const seen: unknown[] = []
  consume(async (events) => void seen.push(...numbersOf(events)))
  await vi.waitFor(() => expect(seen).toHaveLength(150), 3000)
  await publish('a.old')
  await publish('b.new')
  await vi.waitFor(() => expect(seen).toHaveLength(152), 3000)
  expect(new Set(seen).size).toBe(152)
  await vi.waitFor(async () => expect(await unsettled('b.new')).toBe(0), 1000)
})

it('keeps events for later while a store is away, however long', async () => {
  await publish('a.b', 3)
  let tries = 0
  const seen: unknown[] = []
  const { warnings } = consume(async (events) => {
    tries += 1
    if (tries <= 4) throw new DatabaseUnavailable('away')
    seen.push(...numbersOf(events))
  })
  await vi.waitFor(() => expect(seen).toEqual([1, 2, 3]), 6000)
  expect(warnings[0]).toBe('events wait to be handled: away')
  expect(await server.read('XLEN', deadLettersOf('g'))).toBe(0)
})

it('gives up an event that always fails, and one that cannot be read, and settles the others', async () => {
  await publish('a.b', 3)
  await redis.run('XADD', streamOf('a.b'), '*', 'event', '{')
  const seen = new Set<unknown>()
  consume(async (events) => {
    if (numbersOf(events).includes(2)) throw new Error('two is bad')
    for (const number of numbersOf(events)) seen.add(number)
  })
  await vi.waitFor(async () => expect(await server.read('XLEN', deadLettersOf('g'))).toBe(2), 4000)
  expect([...seen].sort()).toEqual([1, 3])
  expect(await unsettled('a.b')).toBe(0)
  expect(JSON.stringify(await server.read('XRANGE', deadLettersOf('g'), '-', '+'))).toContain('two is bad')
})

it('begins with what a consumer of its name had read and not settled', async () => {
  await publish('a.b', 2)
  const held: unknown[] = []
  const { consumer } = consume((events) => {
    held.push(...numbersOf(events))
    return new Promise(() => undefined)
  })
  await vi.waitFor(() => expect(held).toEqual([1, 2]), 2000)
  running.splice(running.indexOf(consumer), 1)
  const seen: unknown[] = []
  consume(async (events) => void seen.push(...numbersOf(events)))
  await vi.waitFor(() => expect(seen).toEqual([1, 2]), 2000)
})

it('takes over what another has left', async () => {
  await publish('a.b')
  await server.read('XGROUP', 'CREATE', streamOf('a.b'), 'g', '0')
  await server.read('XREADGROUP', 'GROUP', 'g', 'g-0', 'STREAMS', streamOf('a.b'), '>')
  await new Promise((resolve) => setTimeout(resolve, 20))
  const seen: unknown[] = []
  consume(async (events) => void seen.push(...numbersOf(events)), { takeOverAfter: 10 })
  await vi.waitFor(() => expect(seen).toEqual([1]), 2000)
})

it('goes on after Redis was killed', async () => {
  const seen: unknown[] = []
  consume(async (events) => void seen.push(...numbersOf(events)))
  await publish('a.b')
  await vi.waitFor(() => expect(seen).toEqual([1]), 2000)
  await server.kill()
  await server.start()
  await vi.waitFor(() => publish('a.b'), 3000)
  await vi.waitFor(() => expect(seen).toContain(made), 6000)
})
