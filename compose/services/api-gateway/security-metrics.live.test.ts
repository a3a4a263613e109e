// What the alerts of security stand on: each way to be refused moves the counter of its kind, and no other.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clientOf, newUser, PASSWORD, type Call } from '../testing/client.ts'
import { startSystem, type TestSystem } from '../testing/system.ts'

const EMAIL = 'refused@lab.test'

let system: TestSystem
let call: Call
let token: string

beforeAll(async () => {
  system = await startSystem('127.64.29', { gateway: { RATE_LIMIT_MULTIPLIER: '100' } })
  call = clientOf(system.gateway.base)
  token = (await newUser(call, EMAIL)).token
}, 60_000)

afterAll(() => system.stop())

/** The value of each series whose rate a rule takes; 0 where a series is not there yet. */
async function counted(): Promise<Readonly<Record<string, number>>> {
  const texts = await Promise.all([system.auth, system.gateway].map(async ({ base }) => (await fetch(`${base}/metrics`)).text()))
  const value = (series: string) => Number(texts.join('\n').split('\n').find((line) => line.startsWith(`${series} `))?.split(' ').at(-1) ?? 0)
  const forbidden = (method: string, endpoint: string) => `gateway_requests_total{method="${method}",service="auth",endpoint="${endpoint}",status="403"}`
  return {
    failures: value('authentication_failures_total{service="auth"}'),
    logins: value('auth_user_login_total{service="auth"}'),
    tokens: value('jwt_validation_failures_total{service="auth"}'),
    forbidden: value(forbidden('GET', '/api/admin/users')),
    locked: value(forbidden('POST', '/api/auth/login')),
  }
}

const login = (password: string) => ({ email: EMAIL, password })

it.each([
  ['a login counts as one', 'POST /api/auth/login', 200, login(PASSWORD), { logins: 1 }],
  ['a wrong password is a refused login', 'POST /api/auth/login', 401, login('Wrong-Horse-1'), { failures: 1 }],
  ["an administrator's door is forbidden", 'GET /api/admin/users', 403, undefined, { forbidden: 1 }],
])('%s', async (_title, what, status, body, moved) => {
  const before = await counted()
  expect((await call(what, body, token)).status).toBe(status)
  expect(await counted()).toEqual({ ...before, ...sumOf(before, moved) })
})

it('a token of nobody is not valid, whichever service asks about it', async () => {
  const before = await counted()
  expect((await call('GET /api/samples', undefined, 'a.b.c')).status).toBe(401)
  expect((await call('GET /api/auth/me', undefined, 'a.b.c')).status).toBe(401)
  expect(await counted()).toEqual({ ...before, ...sumOf(before, { tokens: 2 }) })
})

it('a locked account is forbidden at the door of logins only, which the rule for other doors leaves out', async () => {
  for (let guess = 0; guess < 5; guess += 1) await call('POST /api/auth/login', login('Wrong-Horse-1'))
  const before = await counted()
  expect((await call('POST /api/auth/login', login(PASSWORD))).status).toBe(403)
  expect(await counted()).toEqual({ ...before, ...sumOf(before, { failures: 1, locked: 1 }) })
})

function sumOf(before: Readonly<Record<string, number>>, moved: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(moved).map(([name, by]) => [name, (before[name] ?? 0) + by]))
}
