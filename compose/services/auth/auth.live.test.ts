// The contract of auth: accounts, sessions, what other services ask it, and what administrators may do.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASSWORD, type Answer } from '../testing/client.ts'
import { startContractSystem, type ContractSystem, type TestUser } from '../testing/contract-system.ts'
import { askedBy } from '../testing/route-title.ts'

const MAIL = 'select token from auth.outgoing_mail where recipient = $1 order by id desc limit 1'

let system: ContractSystem
let admin: TestUser

beforeAll(async () => {
  system = await startContractSystem('127.65.1', { name: 'auth', port: 8080 })
  admin = await system.userOf('lab_administrator')
}, 60_000)

afterAll(() => system.stop())

/** Asks what the title says, as `token`. */
async function ask(title: string, { body, token, ids }: { body?: unknown; token?: string; ids?: Record<string, string> } = {}): Promise<Answer> {
  const { what, status } = askedBy(title, { ids })
  const answer = await system.call(what, body, token)
  expect([answer.status, answer.body]).toMatchObject([status, expect.anything()])
  return answer
}

const login = (email: string, more: object = {}) => ({ email, password: PASSWORD, ...more })

async function mailTo(email: string): Promise<string | undefined> {
  return (await system.postgres.read<{ token: string }>(MAIL, [email]))[0]?.token
}

describe('accounts', () => {
  it('POST /auth/register -> 200: everybody begins as a guest', async ({ task }) => {
    const user = { ...login('new@lab.test'), first_name: 'A', last_name: 'B', department: 'dropped' }
    const { body } = await ask(task.name, { body: user })
    const sql = 'select role, status from auth.users where id = $1'
    expect(await system.postgres.read(sql, [(body as { user_id: string }).user_id])).toEqual([{ role: 'guest', status: 'active' }])
  })

  it('POST /auth/login -> 200: a refresh token only for who wants to be remembered', async ({ task }) => {
    const brief = await ask(task.name, { body: login('user-1@lab.test') })
    expect(brief.data).toMatchObject({ email: 'user-1@lab.test', role: 'guest', refresh_token: null })
    const long = await ask(task.name, { body: login('user-1@lab.test', { remember_me: true }) })
    expect(long.data.refresh_token).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('POST /auth/refresh -> 200: a new session for the old one', async ({ task }) => {
    const { data } = await system.call('POST /auth/login', login('user-1@lab.test', { remember_me: true }))
    const renewed = await ask(task.name, { body: { refresh_token: data.refresh_token } })
    expect(renewed.data.session_id).not.toBe(data.session_id)
    expect((await system.call('GET /auth/me', undefined, String(data.access_token))).status).toBe(404)
    expect((await system.call('GET /auth/me', undefined, String(renewed.data.access_token))).status).toBe(200)
  })

  it('POST /auth/forgot-password -> 200: the same for those who are known and those who are not', async ({ task }) => {
    const known = await ask(task.name, { body: { email: 'new@lab.test' } })
    expect((await ask(task.name, { body: { email: 'nobody@lab.test' } })).body).toEqual(known.body)
    expect(await mailTo('nobody@lab.test')).toBeUndefined()
  })

  it('POST /auth/reset-password -> 200: the new password holds', async ({ task }) => {
    const new_password = 'Another-Horse-2'
    await ask(task.name, { body: { token: await mailTo('new@lab.test'), new_password } })
    expect((await system.call('POST /auth/login', { email: 'new@lab.test', password: new_password })).status).toBe(200)
  })
})

describe('sessions', () => {
  it('GET /auth/me -> 200: who I am', async ({ task }) => {
    const { data } = await ask(task.name, { token: system.user.token })
    expect(data).toMatchObject({ id: system.user.id, email: 'user-1@lab.test', role: 'guest', status: 'active', email_verified: true })
  })

  it('GET /auth/sessions -> 200: where I am logged in', async ({ task }) => {
    expect((await ask(task.name, { token: system.user.token })).data.length).toBeGreaterThan(0)
  })

  it.each(['DELETE /auth/sessions/:id -> 200: no more', 'POST /auth/logout -> 200: out'])('%s', async (title) => {
    const { data } = await system.call('POST /auth/login', login('user-1@lab.test'))
    const session_id = String(data.session_id)
    await ask(title, { body: { session_id }, token: system.user.token, ids: { id: session_id } })
    expect((await system.call('GET /auth/me', undefined, String(data.access_token))).code).toBe('SESSION_NOT_FOUND')
  })
})

describe('what other services ask', () => {
  it('POST /validate/token -> 200: whose it is, for a user and for a service', async ({ task }) => {
    const { data } = await ask(task.name, { body: { token: admin.token }, token: system.user.token })
    expect(data).toMatchObject({ valid: true, user_id: admin.id, role: 'lab_administrator' })
  })

  it('POST /validate/permissions -> 200: whether a role is high enough', async ({ task }) => {
    const may = (token: string) => ask(task.name, { body: { token, required_role: 'lab_technician' }, token: system.user.token })
    expect((await may(admin.token)).data).toMatchObject({ authorized: true, user: { id: admin.id }, reason: null })
    expect((await may(system.user.token)).data).toMatchObject({ authorized: false, reason: expect.stringContaining('guest') as string })
  })
})

describe('administrators', () => {
  it.each(['GET /admin/users -> 200', 'GET /admin/sessions -> 200', 'GET /admin/audit-log -> 200'])('%s', async (title) => {
    expect((await ask(title, { token: admin.token })).data.length).toBeGreaterThan(1)
  })

  it('GET /admin/users/:id -> 200: one', async ({ task }) => {
    const { data } = await ask(task.name, { token: admin.token, ids: { id: system.user.id } })
    expect(data).toMatchObject({ id: system.user.id, failed_login_attempts: 0, locked_until: null })
  })

  it('POST /admin/users/:id/disable -> 200, POST /admin/users/:id/enable -> 200: out, and in again', async () => {
    const { id, token } = await system.userOf('guest')
    await ask('POST /admin/users/:id/disable -> 200', { token: admin.token, ids: { id } })
    expect((await system.call('GET /auth/me', undefined, token)).status).toBe(404)
    await ask('POST /admin/users/:id/enable -> 200', { token: admin.token, ids: { id } })
    const sql = 'select status from auth.users where id = $1'
    expect(await system.postgres.read(sql, [id])).toEqual([{ status: 'active' }])
  })

  it('DELETE /admin/users/:id -> 200: gone, and its sessions with it', async ({ task }) => {
    const { id, token } = await system.userOf('guest')
    await ask(task.name, { token: admin.token, ids: { id } })
    expect((await system.call('GET /auth/me', undefined, token)).code).toBe('SESSION_NOT_FOUND')
  })
})
