// The Redis connection against a real Redis: answers, refusals, deadlines, and its return after a kill or a freeze.
import { ReplyError } from 'ioredis'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startRedis, type TestRedis } from '../testing/redis.ts'
import { createMetrics } from './metrics.ts'
import { RedisUnavailable } from './redis-unavailable.ts'
import { openRedis, refusedByRedis, type RedisConnection } from './redis.ts'

const HOST = '127.61.11.1'
const warnings: string[] = []
const metrics = createMetrics('test')

let server: TestRedis
let redis: RedisConnection

beforeAll(async () => {
  server = await startRedis(HOST)
  const settings = { redisUrl: server.url, redisTimeout: 300, redisConnectTimeout: 300 }
  redis = openRedis(settings, { metrics, warn: (message) => void warnings.push(message) })
  await vi.waitFor(works, 2000)
})

afterAll(async () => {
  await redis.stop()
  await server.remove()
})

async function works(): Promise<void> {
  expect(await redis.run('PING')).toBe('PONG')
}

async function timed(work: Promise<unknown>): Promise<{ error: unknown; ms: number }> {
  const started = performance.now()
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return { error, ms: performance.now() - started }
}

it('gives replies as they are, and refusals as refusals', async () => {
  await redis.run('XADD', 'stream', '*', 'event', 'x')
  expect(await redis.run('XLEN', 'stream')).toBe(1)
  const refusal = await timed(redis.run('GET', 'stream'))
  expect(refusal.error).toBeInstanceOf(ReplyError)
  expect(refusedByRedis(refusal.error, 'WRONGTYPE')).toBe(true)
})

it('runs several commands together', async () => {
  expect(await redis.together([['SET', 'a', '1'], ['INCR', 'a'], ['GET', 'a']])).toEqual(['OK', 2, '2'])
  await expect(redis.together([['INCR', 'a'], ['INCR', 'stream']])).rejects.toThrow('WRONGTYPE')
})

it('waits for a message on a connection of its own, longer than other commands may take', async () => {
  const reader = redis.forBlocking(700)
  await vi.waitFor(() => reader.run('PING'), 2000)
  expect(await reader.run('XREAD', 'BLOCK', 700, 'STREAMS', 'nothing', '$')).toBeNull()
  await reader.stop()
})

it('counts what it sends', async () => {
  expect(await metrics.registry.metrics()).toContain('redis_commands_total{service="test",command="xadd"} 1')
})

it('refuses at once while Redis is gone, and works soon after its return', async () => {
  await server.kill()
  await vi.waitFor(async () => expect((await timed(redis.run('PING'))).error).toBeInstanceOf(RedisUnavailable))
  const refused = await timed(redis.run('PING'))
  expect(refused.error).toBeInstanceOf(RedisUnavailable)
  expect(refused.ms).toBeLessThan(50)
  await vi.waitFor(() => expect(warnings).toHaveLength(1), 2000)
  await server.start()
  await vi.waitFor(works, { timeout: 2500, interval: 50 })
})

it('gives up on a silent Redis within its deadline, and works soon after it speaks again', async () => {
  process.kill(server.pid(), 'SIGSTOP')
  try {
    const { error, ms } = await timed(redis.run('PING'))
    expect(error).toBeInstanceOf(RedisUnavailable)
    expect(ms).toBeLessThan(600)
  } finally {
    process.kill(server.pid(), 'SIGCONT')
  }
  await vi.waitFor(works, { timeout: 2500, interval: 50 })
})
