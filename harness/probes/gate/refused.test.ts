// Who is turned away: with nothing, a spoilt token, one that ran out, or as a guest; and what those get who may.
import { decodeJwt, jwtVerify, SignJWT } from 'jose'
import { expect, onTestFinished, test } from 'vitest'
import { gateCheckSchema } from '../../model/gate-check.ts'
import type { CheckOf } from '../../model/gate-check.ts'
import type { Login } from '../../model/login.ts'
import { fakeObserver } from '../testing/fake-observer.ts'
import type { FakeReply, FakeRequest } from '../testing/fake-observer.ts'
import { refused } from './refused.ts'
import { addressOf, fakeScene } from './testing/fake-scene.ts'

const SECRET = 'a-secret-of-at-least-thirty-two-bytes'
const KEY = new TextEncoder().encode(SECRET)
const login: Login = {
  service: 'auth',
  register: { path: '/register', body: { email: '${USER}@x', nested: [{ name: '${USER}' }] } },
  login: { path: '/login', body: { email: '${USER}@x' } },
  token: 'data.token',
  secret: SECRET,
  privileged: { path: '/login', body: { email: 'boss@x' } },
}

const tokenOf = (role: string) => new SignJWT({ role }).setProtectedHeader({ alg: 'HS256' }).setSubject('somebody').setIssuedAt().setExpirationTime('1h').sign(KEY)

/** A system in one server: who has a good token is let in, and to /admin only the boss. */
async function system({ everybody = false, door = 200 } = {}) {
  const tokens = { guest: await tokenOf('guest'), boss: await tokenOf('boss') }
  const known: Readonly<Record<string, string>> = { [`Bearer ${tokens.guest}`]: 'guest', [`Bearer ${tokens.boss}`]: 'boss' }
  const answer = ({ path, body, headers }: FakeRequest): FakeReply => {
    if (path === '/register') return { body: {} }
    if (path === '/login') return { body: { data: { token: body.includes('boss') ? tokens.boss : tokens.guest } } }
    const who = known[headers.authorization ?? ''] ?? (everybody ? 'boss' : undefined)
    if (who === undefined) return { status: 401, body: {} }
    return { status: path === '/admin' && who !== 'boss' ? 403 : door, body: {} }
  }
  const server = await fakeObserver(answer)
  onTestFinished(() => server[Symbol.asyncDispose]())
  const place = { services: [{ name: 'auth', ports: [80] }], address: addressOf(server.base), harness: { login } }
  return { server, place, scene: fakeScene(place) }
}

const read = (credentials: 'none' | 'tampered' | 'expired' | 'guest', path = '/door', method = 'GET') =>
  gateCheckSchema.parse({ kind: 'refused', calls: [{ service: 'auth', path, method, ...(method === 'POST' ? { body: { password: 'x' } } : {}) }], credentials }) as CheckOf<'refused'>

test.each(['none', 'tampered', 'expired'] as const)('credentials %s: refused, and the honest are served', async (credentials) => {
  const { scene } = await system()
  const { value, covered } = await refused(read(credentials), scene)
  expect(value).toMatchObject([{ service: 'auth', method: 'GET', path: '/door', status: 401, honest: 200 }])
  expect(value[0]).not.toHaveProperty('body')
  expect(covered).toBe(true)
})

test('a guest is refused what the privileged may', async () => {
  const { scene } = await system()
  expect((await refused(read('guest', '/admin'), scene)).value).toMatchObject([{ status: 403, honest: 200 }])
})

test('an open door is seen to be open', async () => {
  const { scene } = await system({ everybody: true })
  for (const credentials of ['none', 'tampered', 'expired', 'guest'] as const) expect((await refused(read(credentials), scene)).value).toMatchObject([{ status: 200 }])
})

test('each look is by a user of its own; what changes something is not tried by the honest', async () => {
  const { scene, server } = await system()
  const [call] = (await refused(read('tampered', '/door', 'POST'), scene)).value
  expect(call).not.toHaveProperty('honest')
  await refused(read('tampered'), scene)
  const names = server.requests.filter(({ path }) => path === '/register').map(({ body }) => JSON.parse(body) as { email: string; nested: readonly { name: string }[] })
  expect(names[0]?.email).toMatch(/^run-gate-[0-9a-f]{8}@x$/)
  expect(`${names[0]?.nested[0]?.name}@x`).toBe(names[0]?.email)
  expect(names[0]?.email).not.toBe(names[1]?.email)
  expect(server.requests.find(({ path }) => path === '/door')?.body).toBe('{"password":"x"}')
})

test('a token that ran out is good in all but its age', async () => {
  const { scene, server } = await system()
  await refused(read('expired'), scene)
  const shown = server.requests.find(({ path }) => path === '/door')?.headers.authorization?.slice('Bearer '.length) ?? ''
  const { exp = 0, sub } = decodeJwt(shown)
  await expect(jwtVerify(shown, KEY)).rejects.toThrow('"exp"')
  expect((await jwtVerify(shown, KEY, { currentDate: new Date((exp - 1) * 1_000) })).payload.sub).toBe(sub)
})

test('where nobody can log in, an open door is still seen to be open', async () => {
  for (const everybody of [true, false]) {
    const { place } = await system({ everybody })
    const scene = fakeScene({ ...place, harness: { login: { ...login, token: 'token' } } })
    for (const credentials of ['none', 'tampered', 'expired'] as const) {
      const { value, covered } = await refused(read(credentials), scene)
      expect(value).toMatchObject([{ status: everybody ? 200 : 401, nobody: 'nobody is let in: POST /login of auth answered 200, without token' }])
      expect(covered).toBe(true)
    }
    expect(await refused(read('guest'), scene)).toMatchObject({ value: [], covered: false, missing: expect.stringContaining('nobody is let in') })
  }
})

test('blinded: no way to log in is described, or a secret that signs nothing', async () => {
  const { place } = await system()
  expect(await refused(read('guest'), fakeScene({ ...place, harness: {} }))).toMatchObject({ value: [], covered: false, missing: expect.stringContaining('x-harness.login') })
  expect(await refused(read('expired'), fakeScene(place, { jwtSecret: 'another-secret-of-thirty-two-bytes' }))).toMatchObject({ covered: false, missing: expect.stringContaining('does not sign') })
  // without anything to show, a door can still be tried
  expect((await refused(read('none'), fakeScene({ ...place, harness: {} }))).value).toEqual([expect.objectContaining({ status: 401 })])
})
