// The contract of the lab manager: its health, its login, and what it passes on to the services behind it.
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASSWORD } from '../testing/client.ts'
import { startContractSystem, type ContractSystem } from '../testing/contract-system.ts'
import type { ServiceProcess } from '../testing/service-process.ts'

const DNA = { name: 'n', sample_type: 'DNA', barcode: 'LAB-MANAGER-1' }
const ENV = { SAMPLE_SERVICE_URL: 'http://127.64.10.7:8081', STORAGE_PATH: tmpdir(), READINESS_TIMEOUT: '1s' }

let system: ContractSystem
let sample: ServiceProcess

beforeAll(async () => {
  const env = { ...ENV, TEMPLATE_SERVICE_URL: 'http://127.64.10.99:1', UPSTREAM_TIMEOUT_MS: '1s' }
  system = await startContractSystem('127.64.10', { name: 'lab-manager', port: 3000, env })
  sample = system.more({ name: 'sample', port: 8081 }, '127.64.10.7')
  await sample.waitUntil('/health/ready', 200)
}, 60_000)

afterAll(() => system.stop())

describe('logging in', () => {
  it('POST /api/auth/login -> 200: in the form of its own', async () => {
    const { status, body, data } = await system.call('POST /api/auth/login', { email: 'user-1@lab.test', password: PASSWORD })
    const user = { id: system.user.id, email: 'user-1@lab.test', role: 'guest' }
    expect([status, body]).toMatchObject([200, { success: true, data: { user, expires_at: expect.any(String) as string } }])
    const me = await system.call('GET /api/auth/me', undefined, String(data.token))
    expect([me.status, me.data]).toMatchObject([200, { email: 'user-1@lab.test' }])
  })

  it('POST /api/auth/login -> 401: refused in the words of auth', async () => {
    const answer = await system.call('POST /api/auth/login', { email: 'user-1@lab.test', password: 'Wrong-Horse-1' })
    expect([answer.status, answer.code]).toEqual([401, 'INVALID_CREDENTIALS'])
  })

  it('POST /api/auth/register -> 200: needs nobody', async () => {
    const user = { email: 'new@lab.test', password: PASSWORD, first_name: 'A', last_name: 'B' }
    expect((await system.call('POST /api/auth/register', user)).status).toBe(200)
  })
})

describe('passing on', () => {
  it('POST /api/samples -> 200: as the caller, byte for byte', async () => {
    const created = await system.call('POST /api/samples', DNA, system.user.token)
    expect([created.status, created.data]).toMatchObject([200, { barcode: DNA.barcode, created_by: system.user.id }])
    const read = await system.call(`GET /api/samples/barcode/${DNA.barcode}`, undefined, system.user.token)
    expect(read.data.id).toBe(created.data.id)
  })

  it('POST /api/samples -> 409: refused in the words of sample', async () => {
    const answer = await system.call('POST /api/samples', DNA, system.user.token)
    expect([answer.status, answer.code]).toEqual([409, 'duplicate_barcode'])
  })

  it.each<[string, number, string]>([
    ['GET /api/storage/locations', 404, 'SERVICE_NOT_FOUND'],
    ['GET /api/reports', 404, 'SERVICE_NOT_FOUND'],
    ['GET /api/sequencing/jobs', 404, 'SERVICE_NOT_FOUND'],
    ['GET /api/rag/submissions', 404, 'SERVICE_NOT_FOUND'],
    ['GET /api/spreadsheets', 404, 'SERVICE_NOT_FOUND'],
    ['GET /api/templates', 503, 'SERVICE_UNAVAILABLE'],
  ])('%s -> %i: %s', async (what, status, code) => {
    const answer = await system.call(what, undefined, system.user.token)
    expect([answer.status, answer.code]).toEqual([status, code])
  })

  it.each(['GET /api/samples', 'POST /api/templates', 'GET /api/storage/locations', 'GET /api/auth/me'])(
    '%s -> 401: nobody calls',
    async (what) => {
      const answer = await system.call(what)
      expect([answer.status, answer.code]).toEqual([401, 'AUTHENTICATION_FAILED'])
    },
  )

  it('GET /api/samples -> 504: a service that hangs', async () => {
    process.kill(sample.pid, 'SIGSTOP')
    const answer = await system.call('GET /api/samples', undefined, system.user.token)
    process.kill(sample.pid, 'SIGCONT')
    expect([answer.status, answer.code]).toEqual([504, 'REQUEST_TIMEOUT'])
  })

  it.each([
    ['GET /api/nothing', 404],
    ['GET /api/auth/login', 405],
  ])('%s -> %i', async (what, status) => {
    expect((await system.call(what, undefined, system.user.token)).status).toBe(status)
  })
})

describe('health', () => {
  it.each([
    ['GET /health -> 200', '/health', { status: 'healthy', uptime_seconds: expect.any(Number) as number }],
    ['GET /health/live -> 200', '/health/live', { status: 'alive' }],
    ['GET /health/database -> 200', '/health/database', { is_connected: true, max_connections: 5 }],
    [
      'GET /health/system -> 200: degraded, for one service is away',
      '/health/system',
      {
        overall_status: 'Degraded',
        services: {
          database: { is_healthy: true },
          sample: { status: 'Healthy' },
          template: { status: 'Unhealthy' },
        },
      },
    ],
  ])('%s', async (_title, path, body) => {
    const answer = await fetch(system.service.base + path)
    expect([answer.status, await answer.json()]).toMatchObject([200, body])
  })

  it('GET /health/metrics -> 200: what really happened', async () => {
    const figures = async () => (await (await fetch(`${system.service.base}/health/metrics`)).json()) as Record<string, number>
    const before = await figures()
    await system.call('GET /api/samples', undefined, system.user.token)
    const after = await figures()
    expect((after.total_requests ?? 0) - (before.total_requests ?? 0)).toBe(1)
    expect(after.active_requests).toBe(0)
    expect(after.error_rate_percent).toBeGreaterThan(0)
    expect(after.error_rate_percent).toBeLessThan(50)
    expect(after.average_response_time_ms).toBeGreaterThan(0)
    expect(after.memory_usage_mb).toBeGreaterThan(10)
  })

  it('GET /health/ready -> 503, GET /health/database -> 503, GET /health/system -> 503: without its database', async () => {
    await system.service.waitUntil('/health/ready', 200)
    await system.postgres.kill()
    for (const path of ['/health/ready', '/health/database', '/health/system']) await system.service.waitUntil(path, 503)
    expect((await fetch(`${system.service.base}/health`)).status).toBe(200)
    await system.postgres.start()
    await system.service.waitUntil('/health/ready', 200)
  }, 60_000)
})

it('a lab manager without its folder is not ready and says why', async () => {
  const env = { ...ENV, STORAGE_PATH: '/nowhere' }
  const lost = system.more({ name: 'lab-manager', port: 3000, env }, '127.64.10.8')
  await lost.waitUntil('/health/ready', 503)
  expect(await (await fetch(`${lost.base}/health/ready`)).text()).toContain('/nowhere')
})

it('with the defect no-authentication everybody reaches the services, which still refuse', async () => {
  const open = system.more({ name: 'lab-manager', port: 3000, env: { ...ENV, DEFECTS: 'no-authentication' } }, '127.64.10.9')
  await open.waitUntil('/health/ready', 200)
  const answer = await fetch(`${open.base}/api/samples`)
  expect([answer.status, await answer.json()]).toMatchObject([401, { error: 'authentication_error' }])
})
