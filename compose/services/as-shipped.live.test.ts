// The defects that every service was shipped with, and those of auth and sample: switched on, each shows in its way.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { clientOf, PASSWORD, type Call } from './testing/client.ts'
import { startContractSystem, type ContractSystem } from './testing/contract-system.ts'

const SUBNET = '127.61.40'
const DNA = { name: 'a sample', sample_type: 'DNA' }
const QUICK = { READINESS_TIMEOUT: '500ms', DB_ACQUIRE_TIMEOUT: '500ms' }

let system: ContractSystem
let sound: Call
let shipped: Call
let token: string

beforeAll(async () => {
  system = await startContractSystem(SUBNET, { name: 'sample', port: 8081, env: QUICK })
  const all = 'no-metrics,always-ready,no-spans,no-authentication,status-update-answers-500,delete-answers-500'
  const broken = system.more({ name: 'sample', port: 8081, env: { ...QUICK, DEFECTS: all } }, `${SUBNET}.7`)
  await broken.waitUntil('/health/ready', 200)
  await broken.waitUntil('/samples', 200)
  sound = system.call
  shipped = clientOf(broken.base)
  token = system.user.token
}, 30_000)

afterAll(() => system.stop())

async function create(call: Call): Promise<{ id: string; traceId: string }> {
  const { data, traceId } = await call('POST /samples', DNA, token)
  return { id: String(data.id), traceId }
}

async function statusOf(id: string): Promise<unknown> {
  return (await system.postgres.read<{ status: string }>('select status from sample.samples where id = $1', [id]))[0]
}

describe('every service', () => {
  it('no-metrics', async () => {
    expect([(await sound('GET /metrics')).status, (await shipped('GET /metrics')).status]).toEqual([200, 404])
  })

  it('no-authentication', async () => {
    expect([(await sound('GET /samples')).status, (await shipped('GET /samples')).status]).toEqual([401, 200])
  })

  it('no-spans', async () => {
    const silent = await create(shipped)
    const heard = await create(sound)
    await vi.waitFor(() => expect(system.otlp.trace(heard.traceId).length).toBeGreaterThan(0), 3000)
    expect(system.otlp.trace(silent.traceId)).toEqual([])
  })
})

describe('sample', () => {
  it('status-update-answers-500: stored all the same', async () => {
    const { id } = await create(sound)
    const { status, code } = await shipped(`PUT /samples/${id}/status`, { new_status: 'Validated' }, token)
    expect([status, code]).toEqual([500, 'database_error'])
    expect(await statusOf(id)).toEqual({ status: 'validated' })
  })

  it('delete-answers-500: nothing is deleted', async () => {
    const { id } = await create(sound)
    expect((await shipped(`DELETE /samples/${id}`, undefined, token)).status).toBe(500)
    expect(await statusOf(id)).toEqual({ status: 'pending' })
  })
})

describe('auth', () => {
  const USER = { email: 'shipped@lab.test', password: PASSWORD, first_name: 'A', last_name: 'B' }

  async function brokenAuth(DEFECTS: string, host: string): Promise<Call> {
    const auth = system.more({ name: 'auth', port: 8080, env: { DEFECTS } }, host)
    await auth.waitUntil('/health/ready', 200)
    return clientOf(auth.base)
  }

  it('register-answers-500: nobody can join', async () => {
    const call = await brokenAuth('register-answers-500', `${SUBNET}.8`)
    expect((await call('POST /auth/register', USER)).status).toBe(500)
    expect(await system.postgres.read('select 1 from auth.users where email = $1', [USER.email])).toEqual([])
  })

  it('no-lockout: guessing never ends', async () => {
    const call = await brokenAuth('no-lockout', `${SUBNET}.9`)
    await call('POST /auth/register', USER)
    const guess = { email: USER.email, password: 'Wrong-Horse-1' }
    for (let n = 0; n < 6; n += 1) expect((await call('POST /auth/login', guess)).status).toBe(401)
    expect((await call('POST /auth/login', { ...guess, password: PASSWORD })).status).toBe(200)
  })
})

it('always-ready: ready without a database', async () => {
  await system.postgres.kill()
  expect((await sound('GET /health/ready')).status).toBe(503)
  expect((await shipped('GET /health/ready')).status).toBe(200)
})
