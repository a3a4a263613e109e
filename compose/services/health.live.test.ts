// What every service says of itself: alive, ready and measured; and when all that it needs is gone, alive and not ready.
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientOf } from './testing/client.ts'
import { startContractSystem, type ContractSystem } from './testing/contract-system.ts'
import { SERVICES } from './testing/documented-routes.ts'
import type { ServiceName, ServiceProcess } from './testing/service-process.ts'

const SUBNET = '127.65.6'
const PORT = 8080
const QUICK = { READINESS_TIMEOUT: '1s', DB_ACQUIRE_TIMEOUT: '500ms', REDIS_TIMEOUT: '500ms', AUTH_TIMEOUT: '1s' }
/** Of these everybody has one; where they are does not matter here. */
const NEIGHBOURS = ['SAMPLE', 'STORAGE', 'NOTIFICATION', 'QAQC'].map((name) => [`${name}_SERVICE_URL`, `http://${SUBNET}.3:${PORT}`])
const ENV = { ...QUICK, ...Object.fromEntries(NEIGHBOURS), MODEL_URL: `http://${SUBNET}.3:${PORT}`, STORAGE_PATH: tmpdir() }
/** The model needs nobody. */
const NEEDY = SERVICES.filter((name) => name !== 'rag-model')

let system: ContractSystem
const running = new Map<string, ServiceProcess>()

beforeAll(async () => {
  system = await startContractSystem(SUBNET, { name: 'sample', port: PORT, env: ENV, events: true, eventEnv: QUICK })
  running.set('sample', system.service).set('auth', system.auth)
  if (system.event !== undefined) running.set('event', system.event)
  for (const [index, name] of SERVICES.filter((one) => !running.has(one)).entries()) {
    running.set(name, system.more({ name: name as ServiceName, port: PORT, env: ENV }, `${SUBNET}.${10 + index}`))
  }
  await Promise.all([...running.values()].map((service) => service.waitUntil('/health/ready', 200, 90_000)))
}, 120_000)

afterAll(() => system.stop())

function ask(service: string, what: string) {
  return clientOf(running.get(service)?.base ?? '')(what)
}

describe.each(SERVICES)('%s', (name) => {
  it(`${name} GET /health -> 200: alive`, async () => {
    expect((await ask(name, 'GET /health')).status).toBe(200)
  })

  it(`${name} GET /health/ready -> 200: with all it needs`, async () => {
    const { status, body } = await ask(name, 'GET /health/ready')
    expect([status, body]).toMatchObject([200, { status: 'ready' }])
  })

  it(`${name} GET /metrics -> 200: requests and the process`, async () => {
    await ask(name, 'GET /nowhere')
    const { status, body } = await ask(name, 'GET /metrics')
    expect(status).toBe(200)
    expect(body).toContain(`http_requests_total{service="${name}",method="GET",status="404",status_class="4xx"}`)
    expect(body).toContain('http_request_duration_seconds_bucket{')
    expect(body).toContain(`service_cpu_limit_cores{service="${name}"}`)
    expect(body).toContain('process_resident_memory_bytes ')
  })
})

describe('without database and Redis', () => {
  beforeAll(() => Promise.all([system.postgres.kill(), system.redis?.kill()]))

  it.each(NEEDY.map((name) => [`${name} GET /health/ready -> 503, ${name} GET /health -> 200`, name]))('%s', async (_title, name = '') => {
    await running.get(name)?.waitUntil('/health/ready', 503)
    expect((await ask(name, 'GET /health')).status).toBe(200)
  })
})
