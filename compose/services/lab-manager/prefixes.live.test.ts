// Every prefix that the lab manager passes on: to which service, and that nobody gets in unknown.
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROUTES } from '../kit/service-routes.ts'
import { startContractSystem, type ContractSystem } from '../testing/contract-system.ts'
import { ECHOED, echoes, type Echoes } from '../testing/echoes.ts'
import { askedBy } from '../testing/route-title.ts'

const SUBNET = '127.65.7'
/** Services that the documents put behind the gateway alone. */
const OTHERS = ['notification', 'event', 'transaction', 'qaqc', 'library-details', 'event-analytics', 'lab-manager']
const mine = ({ upstream }: { upstream: string }) => !OTHERS.includes(upstream)

let behind: Echoes
let system: ContractSystem

beforeAll(async () => {
  behind = await echoes(`${SUBNET}.10`)
  const env = { ...behind.env, SAMPLE_SERVICE_URL: '', STORAGE_PATH: tmpdir() }
  system = await startContractSystem(SUBNET, { name: 'lab-manager', port: 3000, env, role: 'lab_administrator' })
}, 60_000)

afterAll(async () => {
  await system.stop()
  await behind.close()
})

describe('what is below a prefix', () => {
  it.each(ECHOED.filter(mine).map((rule) => [`GET ${rule.prefix}/x -> 200`, rule] as const))('%s', async (title, { target, upstream }) => {
    const { what, status } = askedBy(title, { query: 'a=b' })
    expect((await system.call(what, undefined, system.user.token)).status).toBe(status)
    expect(behind.lastAsked(upstream)).toBe(`GET ${target}/x?a=b`)
  })

  it.each(['GET /api/auth/me -> 200', 'GET /api/users/me -> 200', 'GET /api/admin/users -> 200'])('%s: auth', async (title) => {
    expect((await system.call(askedBy(title).what, undefined, system.user.token)).status).toBe(200)
  })

  it('POST /api/validate/token -> 200: auth', async () => {
    const { token, id } = system.user
    expect((await system.call('POST /api/validate/token', { token }, token)).data).toMatchObject({ valid: true, user_id: id })
  })

  it.each(OTHERS)('%s is for the gateway alone', async (name) => {
    const { prefix = '' } = ROUTES.find(({ upstream }) => upstream === name) ?? {}
    expect((await system.call(`GET ${prefix}/x`, undefined, system.user.token)).status).toBe(404)
  })
})

it.each(ROUTES.filter(mine).map(({ prefix }) => `GET ${prefix}/x -> 401: nobody calls`))('%s', async (title) => {
  const answer = await system.call(askedBy(title).what)
  expect([answer.status, answer.code]).toEqual([401, 'AUTHENTICATION_FAILED'])
})
