// What auth refuses, in the documented order and words; and its features when they are switched on or off.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientOf, PASSWORD, type Call } from '../testing/client.ts'
import { startContractSystem, type ContractSystem } from '../testing/contract-system.ts'
import { askedBy } from '../testing/route-title.ts'

const SUBNET = '127.65.2'
const NOBODY = '00000000-0000-4000-8000-000000000000'
const USER = { email: 'x@lab.test', password: PASSWORD, first_name: 'A', last_name: 'B' }
const KNOWN = { email: 'user-1@lab.test', password: PASSWORD }

let system: ContractSystem
let admin: string

beforeAll(async () => {
  system = await startContractSystem(SUBNET, { name: 'auth', port: 8080, env: { DB_ACQUIRE_TIMEOUT: '500ms' } })
  admin = (await system.userOf('lab_administrator')).token
}, 60_000)

afterAll(() => system.stop())

async function refused(title: string, code: string, { body, token }: { body?: unknown; token?: string }): Promise<void> {
  const { what, status } = askedBy(title, { ids: { id: NOBODY } })
  const answer = await system.call(what, body, token)
  expect([answer.status, answer.code]).toEqual([status, code])
}

it.each<[string, string, unknown]>([
  ['POST /auth/register -> 400: no address, a weak password', 'VALIDATION_ERROR', { ...USER, email: 'x', password: 'short' }],
  ['POST /auth/register -> 409: twice', 'USER_ALREADY_EXISTS', { ...USER, ...KNOWN }],
  ['POST /auth/register -> 422: no name', '', KNOWN],
  ['POST /auth/login -> 400: no address', 'VALIDATION_ERROR', { ...KNOWN, email: 'x' }],
  ['POST /auth/login -> 400: broken JSON', '', '{'],
  ['POST /auth/login -> 413: a body over the limit', '', { ...KNOWN, password: 'x'.repeat(2_200_000) }],
  ['POST /auth/login -> 401: a wrong password', 'INVALID_CREDENTIALS', { ...KNOWN, password: 'Wrong-Horse-1' }],
  ['POST /auth/login -> 404: nobody', 'USER_NOT_FOUND', { ...KNOWN, email: 'nobody@lab.test' }],
  ['POST /auth/refresh -> 400: an empty token', 'VALIDATION_ERROR', { refresh_token: '' }],
  ['POST /auth/refresh -> 401: an unknown token', 'TOKEN_INVALID', { refresh_token: NOBODY }],
  ['POST /auth/forgot-password -> 400: no address', 'VALIDATION_ERROR', { email: 'x' }],
  ['POST /auth/reset-password -> 400: a weak password', 'VALIDATION_ERROR', { token: 'x', new_password: 'short' }],
  ['POST /auth/reset-password -> 401: an unknown token', 'TOKEN_INVALID', { token: 'x', new_password: PASSWORD }],
  ['POST /auth/verify-email -> 501: nobody has to', 'FEATURE_DISABLED', { token: 'x' }],
  ['PUT /auth/login -> 405: another method', '', {}],
])('%s', (title, code, body) => refused(title, code, { body }))

it('POST /auth/login -> 415: no JSON', async () => {
  const headers = { 'content-type': 'text/plain' }
  const answer = await fetch(`${system.service.base}/auth/login`, { method: 'POST', headers, body: '{}' })
  expect(answer.status).toBe(415)
})

const OWN = ['GET /auth/me', 'GET /auth/sessions', 'DELETE /auth/sessions/:id', 'POST /auth/logout']
const ADMIN = ['GET /admin/users', 'GET /admin/users/:id', 'DELETE /admin/users/:id', 'GET /admin/sessions', 'GET /admin/audit-log']
const SWITCHES = ['POST /admin/users/:id/disable', 'POST /admin/users/:id/enable']
const GUARDED = [...OWN, ...ADMIN, ...SWITCHES, 'POST /validate/token', 'POST /validate/permissions']

it.each(GUARDED.map((route) => `${route} -> 401: nobody calls`))('%s', (title) => refused(title, 'AUTHENTICATION_FAILED', {}))

it.each([...ADMIN, ...SWITCHES].map((route) => `${route} -> 403: no administrator`))('%s', (title) =>
  refused(title, 'AUTHORIZATION_FAILED', { token: system.user.token }),
)

it.each(['GET /admin/users/:id', 'DELETE /admin/users/:id', ...SWITCHES].map((route) => `${route} -> 404: nobody`))('%s', (title) =>
  refused(title, 'USER_NOT_FOUND', { token: admin }),
)

describe('tokens', () => {
  it.each<[string, string, string, unknown]>([
    ['DELETE /auth/sessions/:id -> 404: of nobody', 'SESSION_NOT_FOUND', '', undefined],
    ['POST /auth/logout -> 422: an id that is none', '', '', { session_id: 'x' }],
    ['POST /validate/token -> 400: an empty one', 'VALIDATION_ERROR', '', { token: '' }],
    ['POST /validate/token -> 401: one that nobody signed', 'JWT_ERROR', '', { token: 'a.b.c' }],
    ['POST /validate/permissions -> 400: a role that is none', 'VALIDATION_ERROR', '', { token: 'x', required_role: 'king' }],
    ['GET /auth/me -> 401: one that nobody signed', 'JWT_ERROR', 'a.b.c', undefined],
  ])('%s', (title, code, token, body) => refused(title, code, { body, token: token === '' ? system.user.token : token }))

  it('GET /auth/me -> 404: of a session that has ended, which is valid for nobody', async ({ task }) => {
    const { token } = await system.userOf('guest')
    const sessions = await system.call('GET /auth/sessions', undefined, token)
    const [{ id }] = sessions.data as unknown as [{ id: string }]
    await system.call(`DELETE /auth/sessions/${id}`, undefined, token)
    await refused(task.name, 'SESSION_NOT_FOUND', { token })
    const verdict = await system.call('POST /validate/token', { token }, admin)
    expect(verdict.data).toEqual({ valid: false, user_id: null, email: null, role: null, session_id: null, expires_at: null })
  })

  it('POST /validate/token -> 401: a service key that is none', async () => {
    const { status, code } = await clientOf(system.service.base, { authorization: 'Service x' })('POST /validate/token', { token: 'x' })
    expect([status, code]).toEqual([401, 'AUTHENTICATION_FAILED'])
  })
})

describe('accounts that may not log in', () => {
  it('POST /auth/login -> 403: locked after five wrong passwords', async ({ task }) => {
    await system.call('POST /auth/register', { ...USER, email: 'locked@lab.test' })
    const attempt = { email: 'locked@lab.test', password: 'Wrong-Horse-1' }
    for (let n = 0; n < 5; n += 1) await system.call('POST /auth/login', attempt)
    await refused(task.name, 'ACCOUNT_LOCKED', { body: { ...attempt, password: PASSWORD } })
  })

  it('POST /auth/login -> 403: no longer active', async ({ task }) => {
    const { id, token } = await system.userOf('guest')
    const { email } = (await system.call('GET /auth/me', undefined, token)).data
    await system.call(`POST /admin/users/${id}/disable`, undefined, admin)
    await refused(task.name, 'ACCOUNT_DISABLED', { body: { email, password: PASSWORD } })
  })
})

describe('features', () => {
  async function other(env: Readonly<Record<string, string>>, host: string): Promise<Call> {
    const auth = system.more({ name: 'auth', port: 8080, env }, `${SUBNET}.${host}`)
    await auth.waitUntil('/health/ready', 200)
    return clientOf(auth.base)
  }

  it('POST /auth/verify-email -> 200, POST /auth/verify-email -> 401, POST /auth/login -> 403: e-mail has to be verified', async () => {
    const call = await other({ EMAIL_VERIFICATION_REQUIRED: 'true' }, '7')
    const user = { ...USER, email: 'unverified@lab.test' }
    await call('POST /auth/register', user)
    expect((await call('POST /auth/login', user)).code).toBe('ACCOUNT_NOT_VERIFIED')
    expect((await call('POST /auth/verify-email', { token: 'x' })).code).toBe('TOKEN_INVALID')
    const [mail] = await system.postgres.read<{ token: string }>('select token from auth.outgoing_mail')
    expect((await call('POST /auth/verify-email', { token: mail?.token })).status).toBe(200)
    expect((await call('POST /auth/login', user)).status).toBe(200)
  })

  it('POST /auth/register -> 501, POST /auth/forgot-password -> 501: switched off', async () => {
    const call = await other({ REGISTRATION_ENABLED: 'false', PASSWORD_RESET_ENABLED: 'false' }, '8')
    expect((await call('POST /auth/register', USER)).code).toBe('FEATURE_DISABLED')
    expect((await call('POST /auth/forgot-password', { email: USER.email })).code).toBe('FEATURE_DISABLED')
  })
})

it('GET /health/metrics -> 200: figures, also without a database; POST /auth/login -> 500: in its own words', async () => {
  const figures = async () => (await system.call('GET /health/metrics')).body as { database: { connected: boolean }; metrics: { total_users: number } }
  expect(await figures()).toMatchObject({ database: { connected: true }, metrics: { total_users: expect.any(Number) as number } })
  await system.postgres.kill()
  expect(await figures()).toMatchObject({ database: { connected: false }, metrics: { total_users: 0 } })
  await refused('POST /auth/login -> 500', 'DATABASE_ERROR', { body: KNOWN })
}, 60_000)
