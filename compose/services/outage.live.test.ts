// Shows how the services stand up to a dead or silent database, a lost auth service, and being told to stop under load.
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { clientOf, newUser, type Answer, type Call } from './testing/client.ts'
import { startService, type ServiceProcess } from './testing/service-process.ts'
import { startSystem, type TestSystem } from './testing/system.ts'

const QUICK = {
  DB_QUERY_TIMEOUT: '1s',
  DB_ACQUIRE_TIMEOUT: '1s',
  DB_CONNECT_TIMEOUT: '500ms',
  READINESS_TIMEOUT: '700ms',
  AUTH_TIMEOUT: '700ms',
}

let system: TestSystem
let call: Call
let token: string
let created = 0

beforeAll(async () => {
  const sample = { ...QUICK, DB_POOL_SIZE: '4', DEFECTS: 'drop-acknowledged-writes' }
  const breaker = { BREAKER_FAILURES: '3', BREAKER_OPEN: '900ms' }
  const gateway = { ...breaker, RATE_LIMIT_MULTIPLIER: '100', DEFECTS: 'no-trace-propagation' }
  system = await startSystem('127.61.3', { auth: QUICK, sample, gateway })
  call = clientOf(system.gateway.base)
  token = (await newUser(call, 'outage@lab.test')).token
}, 30_000)

afterAll(() => system.stop())

function create(): Promise<Answer> {
  created += 1
  return call('POST /api/samples', { name: 'n', sample_type: 'DNA', barcode: `OUT-${created}` }, token)
}

async function metricsOf({ base }: ServiceProcess): Promise<string> {
  return (await fetch(`${base}/metrics`)).text()
}

async function works(): Promise<void> {
  const { status, body } = await create()
  if (status !== 200) throw new Error(`create answered ${status}: ${JSON.stringify(body)}`)
}

it('the shipped defects show: a trace that breaks at the gateway, every tenth write lost', async () => {
  const answers: Answer[] = []
  for (let n = 0; n < 10; n += 1) answers.push(await create())
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200))
  const [stored] = await system.postgres.read<{ n: number }>('select count(*)::int as n from sample.samples')
  expect(stored?.n).toBe(9)
  await vi.waitFor(() => expect(system.otlp.trace(answers[0]?.traceId ?? '').length).toBeGreaterThan(1), 3000)
  const services = system.otlp.trace(answers[0]?.traceId ?? '').map(({ service }) => service)
  expect(new Set(services)).toEqual(new Set(['api-gateway']))
})

it('a database that swallows everything costs errors within the deadlines, and nothing when it is back', async () => {
  system.gate.swallow()
  const started = performance.now()
  const answers = await Promise.all(Array.from({ length: 12 }, create))
  const seconds = (performance.now() - started) / 1000
  expect(new Set(answers.map(({ status, code }) => `${status} ${code}`))).toEqual(new Set(['500 database_error']))
  expect(seconds).toBeLessThan(3.5)
  await system.sample.waitUntil('/health/ready', 503)
  expect((await fetch(`${system.sample.base}/health`)).status).toBe(200)
  system.gate.open()
  await vi.waitFor(works, { timeout: 2000, interval: 50 })
})

it('a client that leaves is counted with 499', async () => {
  system.gate.swallow()
  const headers = { authorization: `Bearer ${token}` }
  const gone = fetch(`${system.sample.base}/samples`, { headers, signal: AbortSignal.timeout(300) })
  await expect(gone).rejects.toThrow('timeout')
  const counted = 'http_requests_total{service="sample",method="GET",status="499",status_class="4xx"} 1'
  await vi.waitFor(async () => expect(await metricsOf(system.sample)).toContain(counted), 2000)
  system.gate.open()
  await vi.waitFor(works, { timeout: 2000, interval: 50 })
})

it('a dead database means not ready everywhere, and everything works within two seconds of its return', async () => {
  await system.postgres.kill()
  for (const service of [system.auth, system.sample, system.gateway]) await service.waitUntil('/health/ready', 503)
  const ready = await (await fetch(`${system.gateway.base}/health/ready`)).json()
  const checks = { auth: { status: 'unhealthy' }, sample: { status: 'unhealthy' } }
  expect(ready).toMatchObject({ status: 'not_ready', checks })
  expect((await call('POST /api/auth/login', { email: 'a@b.c', password: 'x' })).code).toBe('DATABASE_ERROR')
  expect((await create()).code).toBe('external_service_error')
  await system.postgres.start()
  await vi.waitFor(works, { timeout: 2000, interval: 50 })
  await system.gateway.waitUntil('/health/ready', 200, 2000)
})

it('a frozen auth service is a 502 for sample, never a pass', async () => {
  process.kill(system.auth.pid, 'SIGSTOP')
  const { status, code } = await create()
  expect([status, code]).toEqual([502, 'external_service_error'])
  process.kill(system.auth.pid, 'SIGCONT')
  await vi.waitFor(works, { timeout: 2000, interval: 50 })
})

it('a frozen sample service shows at the gateway, and is forgotten when it goes on', async () => {
  process.kill(system.sample.pid, 'SIGSTOP')
  const services = await (await fetch(`${system.gateway.base}/services`)).json()
  expect(services).toMatchObject({ services: { auth: { status: 'healthy' }, sample: { status: 'unhealthy' } } })
  process.kill(system.sample.pid, 'SIGCONT')
  await vi.waitFor(works, { timeout: 2000, interval: 50 })
})

it('told to stop under load, sample finishes what it has begun and exits 0', async () => {
  system.gate.delay(40)
  const answers = Array.from({ length: 4 }, create)
  const busy = 'database_pool_connections{service="sample",state="busy"} 4'
  const allBusy = async (): Promise<void> => expect(await metricsOf(system.sample)).toContain(busy)
  await vi.waitFor(allBusy, { timeout: 2000, interval: 10 })
  const ended = system.sample.end('SIGTERM')
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect(await ended).toBe(0)
  expect(system.sample.output().includes('cut off')).toBe(false)
})

it('with sample gone the gateway says 503, and its breaker opens', async () => {
  const answers: Answer[] = []
  for (let n = 0; n < 4; n += 1) answers.push(await create())
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503])
  expect(answers[0]?.body).toMatchObject({ detail: expect.stringContaining('sample cannot be reached') as string })
  expect(answers[3]?.body).toMatchObject({ service: 'sample', retry_after: 1 })
  expect(answers[3]?.headers.get('retry-after')).toBe('1')
  expect(await metricsOf(system.gateway)).toContain('gateway_circuit_breaker_state{service="sample"} 2')
})

it('a service whose database never comes says so and exits 1', async () => {
  const DATABASE_URL = 'postgres://auth:x@127.61.3.9:1/tracseq'
  const env = { DATABASE_URL, JWT_SECRET: 'x'.repeat(32), DB_START_TIMEOUT: '600ms' }
  const lost = startService({ name: 'auth', host: '127.61.3.7', port: 8080, env })
  expect(await lost.exit()).toBe(1)
  expect(lost.output()).toContain('cannot start: the database was not usable for 600 ms: no connection: connect')
})

it('a service with a wrong environment names every problem', async () => {
  const env = { PORT: 'x', JWT_SECRET: 'short', DEFECTS: 'drop-everything' }
  const wrong = startService({ name: 'auth', host: '127.61.3.8', port: 8080, env })
  expect(await wrong.exit()).toBe(1)
  for (const name of ['PORT', 'JWT_SECRET', 'DEFECTS', 'DATABASE_URL']) expect(wrong.output()).toContain(`- ${name} `)
})
