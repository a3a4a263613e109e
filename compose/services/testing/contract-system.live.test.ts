// The system for contract tests: a service with its auth, and a user of the wished role whom it knows.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startContractSystem, type ContractSystem } from './contract-system.ts'
import { startRedis } from './redis.ts'

let system: ContractSystem

beforeAll(async () => {
  system = await startContractSystem('127.61.10', { name: 'sample', port: 8081, role: 'lab_technician' })
}, 30_000)

afterAll(() => system.stop())

it('knows the first user by token and role', async () => {
  expect((await system.call('GET /samples', undefined, system.user.token)).status).toBe(200)
  const [row] = await system.postgres.read<{ role: string }>('select role from auth.users where id = $1', [
    system.user.id,
  ])
  expect(row?.role).toBe('lab_technician')
})

it('lets services in by their key only', async () => {
  const ask = async (authorization: string) => {
    return (await fetch(`${system.service.base}/samples`, { headers: { authorization } })).status
  }
  expect(await Promise.all(['Service service_x', 'Service x', 'Basic eDp5'].map(ask))).toEqual([200, 401, 401])
})

it('Redis keeps what it acknowledged through a kill', async () => {
  const redis = await startRedis('127.61.10.9')
  try {
    await redis.read('set', 'key', 'value')
    await redis.kill()
    await expect(redis.read('get', 'key')).rejects.toThrow('Connection is closed')
    await redis.start()
    expect(await redis.read('get', 'key')).toBe('value')
  } finally {
    await redis.remove()
  }
})
