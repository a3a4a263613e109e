// The contract of the gateway: every prefix, who gets in, what is limited, what is told of the services behind.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { ROUTES } from '../kit/service-routes.ts'
import { clientOf, newUser, type Call } from '../testing/client.ts'
import { startService, type ServiceProcess } from '../testing/service-process.ts'
import { startSystem, type TestSystem } from '../testing/system.ts'
import { echo, type Echo } from '../testing/echo.ts'

const SUBNET = '127.64.20'
const ABSENT = ROUTES.filter(({ upstream }) => !['auth', 'sample', 'storage', 'library-details'].includes(upstream))

let system: TestSystem
let storage: Echo
let call: Call
let token: string
let other: ServiceProcess | undefined

beforeAll(async () => {
  storage = await echo(`${SUBNET}.10`, 8082)
  const urls = { STORAGE_SERVICE_URL: storage.base, LIBRARY_DETAILS_SERVICE_URL: `http://${SUBNET}.99:1` }
  const limits = { RATE_LIMIT_MULTIPLIER: '100', HEALTH_EVERY: '300ms', API_KEYS: 'machine-key, other-key' }
  system = await startSystem(SUBNET, { gateway: { ...urls, ...limits } })
  call = clientOf(system.gateway.base)
  token = (await newUser(call, 'gateway@lab.test')).token
}, 60_000)

afterAll(async () => {
  await system.stop()
  await storage.close()
})

/** Only one more gateway at a time. */
afterEach(async () => {
  await other?.end('SIGKILL')
  other = undefined
})

async function metrics(service: ServiceProcess = system.gateway): Promise<string> {
  return (await fetch(`${service.base}/metrics`)).text()
}

async function another(env: Readonly<Record<string, string>>): Promise<ServiceProcess> {
  const urls = { AUTH_SERVICE_URL: system.auth.base, SAMPLE_SERVICE_URL: system.sample.base }
  other = startService({ name: 'api-gateway', host: `${SUBNET}.40`, port: 8000, env: { ...urls, ...env } })
  await other.waitUntil('/health/ready', 200)
  return other
}

describe('prefixes', () => {
  it.each(ABSENT)('GET $prefix/x -> 404: $upstream is not part of this system', async ({ prefix, upstream }) => {
    const { status, body } = await call(`GET ${prefix}/x`, undefined, token)
    expect([status, body]).toEqual([404, { detail: `${upstream} is not part of this system` }])
  })

  it('GET /api/storage/locations -> 200: the path changes, query, method, body and type do not', async () => {
    const seen = async (what: string, body?: unknown) => (await call(what, body, token)).body as Record<string, unknown>
    expect(await seen('GET /api/storage/locations?page=2')).toMatchObject({ what: 'GET /storage/locations?page=2' })
    expect(await seen('GET /api/iot/sensors')).toMatchObject({ what: 'GET /iot/sensors' })
    expect(await seen('PUT /api/storage/x', { a: 1 })).toMatchObject({ what: 'PUT /storage/x', body: '{"a":1}' })
  })

  it('GET /api/libraries -> 503: a service that cannot be reached', async () => {
    const { status, body } = await call('GET /api/libraries', undefined, token)
    expect([status, body]).toMatchObject([503, { detail: expect.stringContaining('library-details cannot be reached') as string }])
  })
})

describe('the door', () => {
  it.each(['GET /api/samples', 'GET /api/storage/locations', 'POST /api/libraries'])('%s -> 401: nobody calls', async (what) => {
    const answer = await call(what)
    expect([answer.status, answer.code]).toEqual([401, 'authentication_error'])
    expect(storage.seen.some(({ what: seen }) => seen === 'GET /storage/locations')).toBe(false)
  })

  it('GET /api/samples -> 401: a token of nobody, refused by sample', async () => {
    expect((await call('GET /api/samples', undefined, 'a.b.c')).status).toBe(401)
  })

  it('GET /api/samples -> 401: a service key is not for the world outside', async () => {
    const service = clientOf(system.gateway.base, { authorization: 'Service service_x' })
    expect((await service('GET /api/samples')).status).toBe(401)
  })

  it('GET /api/samples -> 200: an API key that is known', async () => {
    const machine = clientOf(system.gateway.base, { 'x-api-key': 'machine-key', 'x-user-id': system.gateway.base })
    expect((await machine('GET /api/samples')).status).toBe(200)
    const { body } = await machine('GET /api/storage/x')
    const headers = { authorization: 'Service service_api-gateway', 'x-user-id': expect.stringMatching(/^0{8}-/) as string }
    expect(body).toMatchObject({ headers })
  })

  it('GET /api/samples -> 401: an API key nobody knows', async () => {
    const machine = clientOf(system.gateway.base, { 'x-api-key': 'unknown' })
    expect((await machine('GET /api/samples')).status).toBe(401)
  })

  it('counts whom it and the services refuse', async () => {
    expect(await metrics()).toMatch(/gateway_auth_failures_total\{reason="unauthorized"\} [1-9]/)
  })
})

describe('health', () => {
  it.each([
    ['GET /', 200],
    ['GET /health', 200],
    ['GET /api/health', 200],
    ['GET /services', 200],
    ['GET /api/auth/health', 200],
    ['GET /api/samples/health', 200],
    ['GET /api/storage/health', 200],
    ['GET /api/libraries/health', 503],
  ])('%s -> %i: needs nobody', async (what, status) => {
    expect((await call(what)).status).toBe(status)
  })

  it('GET /services -> 200: every service of this system, and no other', async () => {
    const { body } = await call('GET /services')
    const { services } = body as { services: Record<string, { status: string }> }
    expect(Object.keys(services)).toEqual(['auth', 'sample', 'storage', 'library-details'])
    expect(services['library-details']?.status).toBe('unhealthy')
  })

  it('GET /metrics -> 200: the health of services nobody calls', async () => {
    await vi.waitFor(async () => {
      const text = await metrics()
      expect(text).toContain('gateway_service_health{service="storage"} 1')
      expect(text).toContain('gateway_service_health{service="library-details"} 0')
    }, 5000)
    storage.fall()
    await vi.waitFor(async () => expect(await metrics()).toContain('gateway_service_health{service="storage"} 0'), 5000)
    storage.rise()
  })
})

describe('limits', () => {
  it('GET /api/storage/x -> 429: each service has a limit of its own', async () => {
    const limits = { RATE_LIMIT_STORAGE_BURST: '3', RATE_LIMIT_STORAGE_PER_MINUTE: '1' }
    const gateway = await another({ ...limits, STORAGE_SERVICE_URL: storage.base })
    const limited = clientOf(gateway.base)
    const statuses = []
    for (let n = 0; n < 5; n += 1) statuses.push((await limited('GET /api/storage/x', undefined, token)).status)
    // The first counted against the address: nobody knew the token yet.
    expect(statuses).toEqual([200, 200, 200, 200, 429])
    const answer = await limited('GET /api/storage/x', undefined, token)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await limited('GET /api/samples', undefined, token)).status).toBe(200)
    expect(await metrics(gateway)).toMatch(/gateway_rate_limit_exceeded_total\{service="storage",user_type="user"\} 2/)
  }, 20_000)

  it('GET /api/samples -> 429: everybody together', async () => {
    const gateway = await another({ RATE_LIMIT_GLOBAL_BURST: '2', RATE_LIMIT_GLOBAL_PER_MINUTE: '1' })
    const limited = clientOf(gateway.base)
    const statuses = []
    for (let n = 0; n < 3; n += 1) statuses.push((await limited('GET /api/samples', undefined, token)).status)
    expect(statuses).toEqual([200, 200, 429])
  }, 20_000)
})

describe('defects', () => {
  it('gateway-hides-auth-errors, gateway-misroutes-samples, gateway-unprotected: what each of them shows', async () => {
    const names = 'gateway-hides-auth-errors,gateway-misroutes-samples,gateway-unprotected'
    const gateway = await another({ DEFECTS: names, RATE_LIMIT_AUTH_BURST: '1', RATE_LIMIT_AUTH_PER_MINUTE: '1' })
    const naive = clientOf(gateway.base)
    const login = () => naive('POST /api/auth/login', { email: 'nobody@lab.test', password: 'x' })
    // One at once is allowed: whoever is protected answers the others with 429.
    const logins = [await login(), await login(), await login()]
    expect(logins.map(({ status, code }) => `${status} ${code}`)).toEqual(Array.from({ length: 3 }, () => '200 USER_NOT_FOUND'))
    expect((await naive('GET /api/samples', undefined, token)).status).toBe(404)
  }, 20_000)
})
