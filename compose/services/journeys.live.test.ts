// Walks the users' journeys through the real gateway, services and database, refusals included.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { call as rawCall } from './kit/http-call.ts'
import { clientOf, newUser, PASSWORD, type Call } from './testing/client.ts'
import { startSystem, type TestSystem } from './testing/system.ts'

const WALKER = { email: 'walker@lab.test', password: PASSWORD, remember_me: true }

let system: TestSystem
let call: Call
let token: string

beforeAll(async () => {
  system = await startSystem('127.61.1', { gateway: { RATE_LIMIT_MULTIPLIER: '100' } })
  call = clientOf(system.gateway.base)
  token = (await newUser(call, 'walker@lab.test')).token
}, 30_000)

afterAll(() => system.stop())

describe('accounts', () => {
  it('registers, refuses doubles and weak passwords', async () => {
    const user = { email: 'walker@lab.test', password: PASSWORD, first_name: 'A', last_name: 'B' }
    const double = await call('POST /api/auth/register', user)
    expect([double.status, double.code]).toEqual([409, 'USER_ALREADY_EXISTS'])
    const weak = await call('POST /api/auth/register', { ...user, email: 'x', password: 'short' })
    expect([weak.status, weak.code]).toEqual([400, 'VALIDATION_ERROR'])
    expect(JSON.stringify(weak.body)).toContain('Invalid email format, Password must be at least 8 characters long')
  })

  it('says who I am and which sessions I have, until I log out', async () => {
    const login = await call('POST /api/auth/login', { ...WALKER, email: 'WALKER@lab.test' })
    expect(login.data.refresh_token).toMatch(/^[0-9a-f-]{36}$/)
    const mine = String(login.data.access_token)
    const me = await call('GET /api/auth/me', undefined, mine)
    expect(me.data).toMatchObject({ email: 'walker@lab.test', role: 'guest' })
    const sessions = await call('GET /api/auth/sessions', undefined, mine)
    expect(sessions.data.length).toBeGreaterThan(1)
    const out = await call('POST /api/auth/logout', { session_id: login.data.session_id }, mine)
    expect(out.body).toEqual({ success: true, message: 'Logged out successfully' })
    const after = await call('GET /api/auth/me', undefined, mine)
    expect([after.status, after.code]).toEqual([404, 'SESSION_NOT_FOUND'])
    const verdict = await call('POST /api/validate/token', { token: mine }, token)
    expect(verdict.data).toMatchObject({ valid: false, user_id: null })
  })

  it('refreshes a session once', async () => {
    const login = await call('POST /api/auth/login', WALKER)
    const { refresh_token } = login.data
    const [first, second] = await Promise.all([1, 2].map(() => call('POST /api/auth/refresh', { refresh_token })))
    expect([first?.status, second?.status].sort()).toEqual([200, 401])
  })

  it('locks an account at the fifth failure, and the right password does not open it', async () => {
    await newUser(call, 'locked@lab.test')
    const attempt = (password: string) => call('POST /api/auth/login', { email: 'locked@lab.test', password })
    const statuses = []
    for (let n = 1; n <= 6; n += 1) statuses.push((await attempt('Wrong-Horse-1')).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 403])
    expect((await attempt(PASSWORD)).code).toBe('ACCOUNT_LOCKED')
    const [row] = await system.postgres.read<{ minutes: number }>(
      `select extract(epoch from locked_until - now()) / 60 as minutes from auth.users where email = 'locked@lab.test'`,
    )
    expect(Number(row?.minutes)).toBeGreaterThan(14)
    expect(Number(row?.minutes)).toBeLessThanOrEqual(15)
    const [audit] = await system.postgres.read<{ n: number }>(
      `select count(*)::int as n from auth.security_audit_log
       where event_type = 'LOGIN_FAILED' and user_email = 'locked@lab.test'`,
    )
    expect(audit?.n).toBe(7)
  })

  it('resets a forgotten password, once, and ends all sessions', async () => {
    const { token: mine } = await newUser(call, 'forgetful@lab.test')
    const unknown = await call('POST /api/auth/forgot-password', { email: 'nobody@lab.test' })
    const known = await call('POST /api/auth/forgot-password', { email: 'forgetful@lab.test' })
    expect(known.body).toEqual(unknown.body)
    const [mail] = await system.postgres.read<{ token: string }>('select token from auth.outgoing_mail')
    const wish = { token: mail?.token, new_password: 'Another-Horse-2' }
    expect((await call('POST /api/auth/reset-password', wish)).status).toBe(200)
    expect((await call('POST /api/auth/reset-password', wish)).code).toBe('TOKEN_INVALID')
    expect((await call('GET /api/auth/me', undefined, mine)).status).toBe(404)
  })

  it('knows roles: administrators see users, guests do not', async () => {
    const admin = await call('POST /api/auth/login', { email: 'admin@lab.local', password: 'admin123' })
    const boss = String(admin.data.access_token)
    expect((await call('GET /api/admin/users', undefined, token)).code).toBe('AUTHORIZATION_FAILED')
    expect((await call('GET /api/admin/audit-log', undefined, boss)).data.length).toBeGreaterThan(0)
    const victim = await newUser(call, 'victim@lab.test')
    expect((await call(`POST /api/admin/users/${victim.id}/disable`, undefined, boss)).status).toBe(200)
    const login = await call('POST /api/auth/login', { email: 'victim@lab.test', password: PASSWORD })
    expect([login.status, login.code]).toEqual([403, 'ACCOUNT_DISABLED'])
    const may = { token: boss, required_role: 'lab_technician' }
    expect((await call('POST /api/validate/permissions', may, token)).data).toMatchObject({ authorized: true })
  })

  it.each([
    ['unknown user', '/api/auth/login', { email: 'nobody@lab.test', password: 'x' }, 404, 'USER_NOT_FOUND'],
    ['no credentials', '/api/validate/token', { token: 'x' }, 401, 'AUTHENTICATION_FAILED'],
  ])('refuses: %s', async (_what, path, body, status, code) => {
    const answer = await call(`POST ${path}`, body)
    expect([answer.status, answer.code]).toEqual([status, code])
  })

  it.each([
    ['broken JSON', 'POST', '/api/auth/login', '{', 400],
    ['a missing field', 'POST', '/api/auth/login', { email: 'a@b.c' }, 422],
    ['another method', 'PUT', '/api/auth/login', {}, 405],
    ['an unknown path', 'GET', '/api/auth/nowhere', undefined, 404],
  ])('rejects %s as plain text', async (_what, method, path, body, status) => {
    const answer = await call(`${method} ${path}`, body)
    expect([answer.status, typeof answer.body]).toEqual([status, 'string'])
  })
})

it('does not let a path step out of its prefix', async () => {
  const url = `${system.gateway.base}/api/auth/../metrics`
  expect(await rawCall({ peer: 'api-gateway', method: 'GET', url, deadline: 5000 })).toMatchObject({ status: 404 })
})

describe('traces', () => {
  it('one trace leads from the gateway over sample and auth to the database, without values', async () => {
    // Auth notes the use of a session once a second.
    await new Promise((resolve) => setTimeout(resolve, 1100))
    const wish = { name: 'traced', sample_type: 'DNA', barcode: 'TRACED-1' }
    const created = await call('POST /api/samples', wish, token)
    expect(created.status).toBe(200)
    const spans = await vi.waitFor(() => {
      const seen = system.otlp.trace(created.traceId)
      expect(seen.length).toBeGreaterThanOrEqual(8)
      return seen
    }, 5000)
    const names = spans.map(({ service, name }) => `${service}: ${name}`)
    expect(names).toEqual(
      expect.arrayContaining([
        'api-gateway: POST /api/samples',
        'api-gateway: gateway.proxy.sample',
        'sample: POST /samples',
        'sample: POST auth',
        'auth: POST /validate/token',
        'auth: SELECT auth.user_sessions',
        'auth: UPDATE auth.user_sessions',
        'sample: INSERT sample.samples',
      ]),
    )
    const known = new Set(spans.map(({ spanId }) => spanId))
    const roots = spans.filter(({ parentSpanId }) => !known.has(parentSpanId))
    expect(roots.map(({ name }) => name)).toEqual(['POST /api/samples'])
    const insert = spans.find(({ name }) => name === 'INSERT sample.samples')
    expect(insert?.attributes).toMatchObject({ 'peer.service': 'postgres', 'db.system.name': 'postgresql' })
    expect(JSON.stringify(spans)).not.toContain('TRACED-1')
  })
})
