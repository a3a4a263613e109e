// A gateway that protects itself, one that does not, one that nobody is let in to, and one before a service that does not go away.
import { expect, test } from 'vitest'
import { gateCheckSchema } from '../../../model/gate-check.ts'
import type { CheckOf } from '../../../model/gate-check.ts'
import { limits } from './limits.ts'
import { liveGateway, liveScene, liveServer } from './testing/live-scene.ts'
import type { ScenePlan } from './testing/live-scene.ts'

const check = gateCheckSchema.parse({ kind: 'limits', service: 'web', burst: { path: '/orders', calls: 30 }, breaker: { without: 'stock', path: '/stock', within: '1s' } }) as CheckOf<'limits'>
const call = { path: '/login', body: {} }
const login = { service: 'web', register: call, login: call, token: 'token' }

async function limited(subnet: string, manner: string, plan: Partial<ScenePlan> = {}) {
  const services = { web: liveGateway(`${subnet}.2`, `${subnet}.3`, manner), stock: liveServer(`${subnet}.3`) }
  await using live = await liveScene({ services, ready: { stock: '/health' }, harness: { login }, ...plan })
  return await limits(check, live.scene)
}

test('who asks too much is turned away, and who asks for what is away refused at once', async () => {
  const { value, covered, missing } = await limited('127.66.31', 'shut')
  expect({ covered, missing }).toEqual({ covered: true })
  expect(value.burst).toEqual({ sent: 30, turnedAway: 25, unanswered: 0, toldWhen: 25 })
  expect(value.breaker).toMatchObject({ calls: 60, recovered: true })
  expect(value.breaker?.refused).toBeGreaterThan(30)
  expect(value.breaker?.refused).toBeLessThan(60)
})

test('one that protects nothing lets all through, and tries in vain again and again', async () => {
  const { value } = await limited('127.66.32', 'open')
  expect(value).toMatchObject({ burst: { sent: 30, turnedAway: 0 }, breaker: { calls: 60, refused: 0, recovered: true } })
})

test('nobody who is let in, and nobody who goes away, show nothing', async () => {
  expect(await limited('127.66.33', 'shut', { harness: {} })).toMatchObject({ value: {}, covered: false, missing: expect.stringMatching(/does not say how somebody logs in/) })
  expect(await limited('127.66.34', 'shut', { rig: { kill: async () => undefined } })).toMatchObject({ value: {}, covered: false, missing: expect.stringMatching(/did not bite/) })
})
