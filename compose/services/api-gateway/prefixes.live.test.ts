// Every public prefix of the gateway: which service it leads to, that nobody gets in unknown, and what a service that fails comes to.
import { once } from 'node:events'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROUTES, UPSTREAMS } from '../kit/service-routes.ts'
import { clientOf, newUser, PASSWORD, type Call } from '../testing/client.ts'
import { ECHOED, echoes, type Echoes } from '../testing/echoes.ts'
import { askedBy } from '../testing/route-title.ts'
import { startService } from '../testing/service-process.ts'
import { startSystem, type TestSystem } from '../testing/system.ts'

const SUBNET = '127.65.5'

let behind: Echoes
let system: TestSystem
let call: Call
let token: string

beforeAll(async () => {
  behind = await echoes(`${SUBNET}.10`)
  system = await startSystem(SUBNET, { gateway: { ...behind.env, RATE_LIMIT_MULTIPLIER: '100' } })
  call = clientOf(system.gateway.base)
  token = (await newUser(call, 'gateway@lab.test')).token
}, 60_000)

afterAll(async () => {
  await system.stop()
  await behind.close()
})

describe('what is below a prefix', () => {
  it.each(ECHOED.map((rule) => [`GET ${rule.prefix}/x -> 200`, rule] as const))('%s', async (title, { target, upstream }) => {
    const { what, status } = askedBy(title, { query: 'a=b' })
    expect((await call(what, undefined, token)).status).toBe(status)
    expect(behind.lastAsked(upstream)).toBe(`GET ${target}/x?a=b`)
  })

  it.each([
    ['POST /api/templates/upload -> 200', 'template', 'POST /templates/upload'],
    ['GET /api/sequencing/jobs -> 200', 'sequencing', 'GET /jobs'],
    ['GET /api/sequencing/runs -> 200', 'sequencing', 'GET /runs'],
    ['GET /api/sequencing/platforms -> 200', 'sequencing', 'GET /platforms'],
  ] as const)('%s', async (title, service, asked) => {
    const { what, status } = askedBy(title)
    expect((await call(what, what.startsWith('POST') ? {} : undefined, token)).status).toBe(status)
    expect(behind.lastAsked(service)).toBe(asked)
  })

  it('POST /api/samples/batch -> 200, GET /api/samples/:id -> 200: the sample service itself', async () => {
    const { data } = await call('POST /api/samples/batch', { samples: [{ name: 'n', sample_type: 'DNA' }] }, token)
    const [{ id }] = data.created_samples as [{ id: string }]
    expect((await call(`GET /api/samples/${id}`, undefined, token)).data).toMatchObject({ id, name: 'n' })
  })
})

describe('nobody gets in unknown', () => {
  const documented = ['POST /api/templates/upload', 'GET /api/sequencing/jobs', 'GET /api/sequencing/runs', 'GET /api/sequencing/platforms']
  const prefixes = ROUTES.filter(({ upstream }) => upstream !== 'auth').map(({ prefix }) => `GET ${prefix}/x`)
  it.each([...prefixes, ...documented, 'POST /api/samples/batch'].map((route) => `${route} -> 401`))('%s', async (title) => {
    const { what, status } = askedBy(title)
    const answer = await call(what)
    expect([answer.status, answer.code]).toEqual([status, 'authentication_error'])
  })
})

describe('auth says itself which of its routes need nobody', () => {
  const user = { email: 'gateway@lab.test', password: PASSWORD }

  it('POST /api/auth/login -> 200', async () => {
    const { status, data } = await call('POST /api/auth/login', user)
    expect([status, data]).toMatchObject([200, { email: user.email, access_token: expect.any(String) as string }])
  })

  it('POST /api/auth/login -> 401: as auth refuses it', async () => {
    const { status, code } = await call('POST /api/auth/login', { ...user, password: 'Wrong-Horse-1' })
    expect([status, code]).toEqual([401, 'INVALID_CREDENTIALS'])
  })

  it.each(['GET /api/auth/me -> 200', 'GET /api/auth/sessions -> 200', 'GET /api/users/me -> 200', 'GET /api/users/sessions -> 200'])('%s', async (title) => {
    expect((await call(askedBy(title).what, undefined, token)).status).toBe(200)
  })

  it('POST /api/validate/token -> 200, GET /api/admin/users -> 200', async () => {
    const boss = await call('POST /api/auth/login', { email: 'admin@lab.local', password: 'admin123' })
    const admin = String(boss.data.access_token)
    expect((await call('POST /api/validate/token', { token }, admin)).data).toMatchObject({ valid: true, email: user.email })
    expect((await call('GET /api/admin/users', undefined, admin)).data.length).toBe(2)
  })
})

describe('health', () => {
  const prefixes = UPSTREAMS.map((name) => ROUTES.find(({ upstream }) => upstream === name)?.prefix)
  const own = ['/api/qaqc', '/api/library-details']
  it.each([...prefixes, ...own].map((prefix) => `GET ${prefix}/health -> 200`))('%s', async (title) => {
    expect((await call(askedBy(title).what)).body).toMatchObject({ status: 'healthy' })
  })

  it('GET /api/services -> 200: all of them', async () => {
    const { body } = await call('GET /api/services')
    expect(Object.keys((body as { services: object }).services)).toEqual([...UPSTREAMS])
  })
})

describe('a service that fails', () => {
  const servers: Server[] = []

  /** Takes connections and answers nothing, or breaks them off. */
  async function failing(breaks: boolean): Promise<string> {
    const server = createServer((socket) => void socket.on('error', () => undefined).on('data', () => breaks && socket.destroy()))
    servers.push(server.listen(0, '127.0.0.1'))
    await once(server, 'listening')
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  afterAll(() => servers.forEach((server) => server.close()))

  it('GET /api/storage/x -> 504, GET /api/reports/x -> 502, GET /api/rag/x -> 503: silent, broken, away', async () => {
    const urls = { STORAGE_SERVICE_URL: await failing(false), REPORTS_SERVICE_URL: await failing(true), RAG_SERVICE_URL: `http://${SUBNET}.99:1` }
    const own = { AUTH_SERVICE_URL: system.auth.base, SAMPLE_SERVICE_URL: system.sample.base, UPSTREAM_TIMEOUT_MS: '500ms' }
    const gateway = startService({ name: 'api-gateway', host: `${SUBNET}.40`, port: 8000, env: { ...own, ...urls } })
    await gateway.waitUntil('/health/ready', 200)
    const through = clientOf(gateway.base)
    const details = await Promise.all(['storage', 'reports', 'rag'].map((prefix) => through(`GET /api/${prefix}/x`, undefined, token)))
    expect(details.map(({ status }) => status)).toEqual([504, 502, 503])
    expect(details.map(({ body }) => Object.keys(body as object))).toEqual([['detail'], ['detail'], ['detail']])
    await gateway.end('SIGKILL')
  })
})
