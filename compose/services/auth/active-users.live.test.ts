// What auth tells of how many users there are: people, not sessions, and nothing while nobody can count them.
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { PASSWORD } from '../testing/client.ts'
import { startContractSystem, type ContractSystem } from '../testing/contract-system.ts'

let system: ContractSystem

beforeAll(async () => {
  const env = { ACTIVE_USERS_EVERY: '100ms', ACTIVE_USERS_WINDOW: '4s', DB_ACQUIRE_TIMEOUT: '1s', DB_CONNECT_TIMEOUT: '500ms' }
  system = await startContractSystem('127.65.76', { name: 'auth', port: 8080, env })
}, 60_000)

afterAll(() => system.stop())

/** NaN where there is no such series. */
async function users(name = 'auth_active_users', { base } = system.service): Promise<number> {
  const line = `${name}{service="auth"} `
  const lines = (await (await fetch(`${base}/metrics`)).text()).split('\n')
  return Number(lines.find((one) => one.startsWith(line))?.slice(line.length))
}

/** Two of three users have last been about so long ago. */
async function shift(ago: string): Promise<void> {
  const client = new Client({ connectionString: system.postgres.url('auth') })
  await client.connect()
  await client.query(
    `update auth.user_sessions set created_at = now() - $1::interval, last_used_at = now() - $1::interval
     where user_id in (select distinct user_id from auth.user_sessions order by user_id limit 2)`,
    [ago],
  )
  await client.end()
}

function becomes(count: number, timeout = 2000): Promise<void> {
  return vi.waitFor(async () => expect(await users()).toBe(count), { timeout, interval: 50 })
}

it('counts users and not their sessions, and forgets who has not been seen since', async () => {
  const { email } = (await system.call('GET /auth/me', undefined, system.user.token)).data
  for (let n = 0; n < 3; n += 1) await system.call('POST /auth/login', { email, password: PASSWORD })
  await system.userOf('guest')
  await becomes(2)
  await becomes(0, 6000)
  await system.call('GET /auth/me', undefined, system.user.token)
  await becomes(1)
})

it('counts those of the same day a week before', async () => {
  await system.userOf('guest')
  const env = { ACTIVE_USERS_EVERY: '100ms', ACTIVE_USERS_WINDOW: '24h' }
  const auth = system.more({ name: 'auth', port: 8080, env }, '127.65.76.7')
  const before = (): Promise<number> => users('auth_active_users_week_before', auth)
  await auth.waitUntil('/health/ready', 200)
  for (const ago of ['6 days 23 hours', '8 days 1 hour']) {
    await shift(ago)
    await expect.poll(before).toBe(0)
    await shift('7 days 12 hours')
    await expect.poll(before).toBe(2)
  }
  expect(await users('auth_active_users', auth)).toBe(1)
})

it('tells nothing while the database is away', async () => {
  await system.postgres.kill()
  await becomes(Number.NaN, 5000)
  await system.postgres.start()
  await vi.waitFor(async () => expect(await users()).toBeGreaterThanOrEqual(0), 5000)
})
