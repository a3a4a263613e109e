// The disturbances that come through the front door, against the real gateway, auth and storage.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startPostgres } from '../../compose/services/testing/postgres.ts'
import type { TestPostgres } from '../../compose/services/testing/postgres.ts'
import { startService } from '../../compose/services/testing/service-process.ts'
import type { ServiceProcess } from '../../compose/services/testing/service-process.ts'
import { killAll, runDisturbance } from './testing/run-disturbance.ts'

afterEach(killAll)

const SUBNET = '127.65.34'
const JWT_SECRET = 'a-secret-for-this-test-alone-of-32-bytes'
const HOLDS = /"holds":true/

let postgres: TestPostgres
let services: readonly ServiceProcess[] = []
let env: Readonly<Record<string, string>>

beforeAll(async () => {
  postgres = await startPostgres(`${SUBNET}.1`)
  const auth = startService({ name: 'auth', host: `${SUBNET}.2`, port: 8080, env: { DATABASE_URL: postgres.url('auth'), JWT_SECRET } })
  const storage = startService({ name: 'storage', host: `${SUBNET}.3`, port: 8082, env: { DATABASE_URL: postgres.url('storage'), AUTH_SERVICE_URL: auth.base, CAPACITY_CHECK_INTERVAL: '200ms', SEED_SCALE: '0' } })
  const urls = { AUTH_SERVICE_URL: auth.base, STORAGE_SERVICE_URL: storage.base, SAMPLE_SERVICE_URL: storage.base }
  const gateway = startService({ name: 'api-gateway', host: `${SUBNET}.4`, port: 8000, env: { ...urls, RATE_LIMIT_MULTIPLIER: '100' } })
  services = [gateway, storage, auth]
  env = { HARNESS_BASE_URL: gateway.base, JWT_SECRET, ADMIN_EMAIL: 'admin@lab.local', ADMIN_PASSWORD: 'admin123' }
  await Promise.all([gateway.waitUntil('/health', 200, 60_000), storage.waitUntil('/health/ready', 200, 60_000)]).catch((cause: unknown) => {
    throw new Error(services.map((service) => service.output()).join('\n'), { cause })
  })
}, 90_000)

afterAll(async () => {
  await Promise.all(services.map((service) => service.end('SIGKILL')))
  await postgres.remove()
})

const run = (script: string, options: Readonly<Record<string, string | number>>) => runDisturbance(script, options, env)

test.each([
  ['on one account locks it', '${email}', '401,403'],
  ['on accounts that nobody has', 'nobody-${uuid}@lab.test', '404'],
])('a flood of wrong passwords %s', async (_, email, expect_) => {
  const body = `{"email":"${email}","password":"Wrong-Horse-\${n}"}`
  const flood = run('flood', { rate: 4, method: 'POST', path: '/api/auth/login', body, expect: expect_ })
  expect(await flood.says(HOLDS)).toMatch(/^\d+ of 4 wished requests a second are answered as expected \(\d+ with 40[134]/)
  expect(await flood.end()).toMatch(/^\d+ requests were sent, and no more come$/)
})

test.each([
  ['anonymous', '/api/storage/locations', 401],
  ['forged', '/api/storage/locations', 401],
  ['expired', '/api/storage/locations', 401],
  ['user', '/api/admin/users', 403],
  ['administrator', '/api/admin/users', 200],
])('a flood by one who is %s: %s answers %i', async (as, path, status) => {
  const flood = run('flood', { rate: 10, path, as, expect: status })
  expect(await flood.says(HOLDS)).toContain(`with ${status}`)
  await flood.end()
})

test('sabotage: a flood that is not answered as expected does not hold', async () => {
  const flood = run('flood', { rate: 10, path: '/api/storage/locations', expect: 429 })
  await flood.says(/with 401/)
  expect(flood.sight()).toMatchObject({ holds: false, bites: expect.stringMatching(/^0 of 10 .* with 401/) as string })
  await flood.end()
})

test('a sensor drifts until the storage raises its alarm, and comes back', async () => {
  const drift = run('drift-sensor', { zone: 'freezer', by: 15, steps: 3, every: 100 })
  expect(await drift.says(HOLDS)).toMatch(/^Disturbed room freezer \w+ is at -5 degrees and meant to be at -20; the storage calls it alert$/)
  expect(await drift.end()).toMatch(/is back at -20 degrees, and removed$/)
})

test('a room is filled, and emptied again', async () => {
  const fill = run('fill-storage', { share: 0.96, places: 50 })
  expect(await fill.says(HOLDS)).toMatch(/^48 of 50 places of Disturbed room freezer \w+ are taken; the storage calls it critical$/)
  expect(await fill.end()).toMatch(/^48 samples are taken out/)
})
