// What auth tells of how many users there are: people, not sessions, and nothing while nobody can count them.
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
async function users(): Promise<number> {
  const text = await (await fetch(`${system.service.base}/metrics`)).text()
  return Number(/^auth_active_users\{service="auth"\} (\d+)$/m.exec(text)?.[1])
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

it('tells nothing while the database is away', async () => {
  await system.postgres.kill()
  await becomes(Number.NaN, 5000)
  await system.postgres.start()
  await vi.waitFor(async () => expect(await users()).toBeGreaterThanOrEqual(0), 5000)
})
