// Filling a real Redis: so much of it, refused at the very end, and empty again afterwards, also when nobody cleans up.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { liveProcess } from '../../harness/faults/testing/live-process.ts'
import type { LiveProcess } from '../../harness/faults/testing/live-process.ts'
import { foundTool } from '../../harness/stack/toolchain/testing/found-tool.ts'
import { killAll, runDisturbance } from './testing/run-disturbance.ts'

afterEach(killAll)

const binary = await foundTool('redis-server')
const HOST = '127.65.33.1'
const URL = { REDIS_URL: `redis://${HOST}:6379` }

describe.skipIf(!binary)('with a real Redis (skipped when the harness has none)', () => {
  let server: LiveProcess
  let redis: Redis
  const directory = mkdtempSync(join(tmpdir(), 'fill-redis-'))

  beforeAll(async () => {
    const limits = ['--maxmemory', '48mb', '--maxmemory-policy', 'noeviction', '--save', '', '--appendonly', 'yes', '--dir', directory]
    server = liveProcess({ argv: [binary ?? '', '--bind', HOST, '--port', '6379', ...limits], address: { host: HOST, port: 6379 } })
    await server.start()
    redis = new Redis(URL.REDIS_URL)
  })
  afterAll(async () => {
    redis.disconnect()
    await server.kill()
    rmSync(directory, { recursive: true })
  })

  test('a share of it is used, what others have stored stays, and the keys are deleted at the end', async () => {
    await redis.set('somebody', 'else')
    const disturbance = runDisturbance('fill-redis', { share: 0.8 }, URL)
    expect(await disturbance.says(/"holds":true/)).toMatch(/^3[89] of 48 MiB are used, 80 %$/)
    await redis.set('there', 'is room')
    expect(await redis.dbsize()).toBeGreaterThan(30)
    expect(await disturbance.end()).toMatch(/^\d+ keys are deleted$/)
    expect((await redis.keys('*')).toSorted()).toEqual(['somebody', 'there'])
  })

  test('all of it: a write is refused; every key has an end of its own', async () => {
    const disturbance = runDisturbance('fill-redis', { share: 1 }, { ...URL, HARNESS_FOR_MS: '5000' })
    await disturbance.says(/"holds":true/)
    await expect(redis.set('late', 'x'.repeat(100_000))).rejects.toThrow(/OOM/)
    await disturbance.kill()
    const keys = await redis.keys('disturbance:*')
    const ends = await Promise.all(keys.map((key) => redis.pttl(key)))
    expect(keys.length).toBeGreaterThan(30)
    expect(Math.min(...ends)).toBeGreaterThan(20_000)
    expect(Math.max(...ends)).toBeLessThanOrEqual(35_000)
    await redis.unlink(keys)
  })

  test('the log of the server does not grow with them', async () => {
    const size = async () => Number(/aof_current_size:(\d+)/.exec(await redis.info('persistence'))?.[1])
    const before = await size()
    const disturbance = runDisturbance('fill-redis', { share: 0.8 }, URL)
    await disturbance.says(/"holds":true/)
    await disturbance.end()
    expect((await size()) - before).toBeLessThan(64_000)
  })

  test('a Redis that is not there is said so', async () => {
    const disturbance = runDisturbance('fill-redis', {}, { REDIS_URL: 'redis://127.65.33.2:6379' })
    expect(await disturbance.ended).toBe(1)
    expect(disturbance.sight().lines.join('\n')).toMatch(/Connection is closed|ECONNREFUSED/)
  })
})
