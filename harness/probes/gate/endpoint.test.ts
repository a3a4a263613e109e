// Endpoints: how often they are asked, what is kept of their answers, and those that give none.
import { expect, onTestFinished, test } from 'vitest'
import { gateCheckSchema } from '../../model/gate-check.ts'
import type { CheckOf, GateCheck } from '../../model/gate-check.ts'
import { deadAddress, fakeObserver } from '../testing/fake-observer.ts'
import { endpoint } from './endpoint.ts'
import { addressOf, fakeScene } from './testing/fake-scene.ts'

const read = (check: GateCheck) => gateCheckSchema.parse(check) as CheckOf<'endpoint'>
const services = [{ name: 'web', ports: [80] }]

async function serving(status: number, body: unknown) {
  const server = await fakeObserver(() => ({ status, body }))
  onTestFinished(() => server[Symbol.asyncDispose]())
  return server
}

test('a few answers of each, without their bodies', async () => {
  const server = await serving(200, { status: 'healthy' })
  const { value, covered } = await endpoint(read({ kind: 'endpoint', services: ['web'], path: '/health' }), fakeScene({ services, address: addressOf(server.base) }))
  expect(value).toHaveLength(3)
  expect(value[0]).toMatchObject({ service: 'web', status: 200, when: 'idle', ms: expect.any(Number) })
  expect(value[0]).not.toHaveProperty('body')
  expect(covered).toBe(true)
  expect(server.requests.map(({ path }) => path)).toEqual(['/health', '/health', '/health'])
})

test('of the body only the fields that are asked for; of times enough to name the slowest', async () => {
  const server = await serving(503, { status: 'no', checks: { db: 'down' }, secret: 'x' })
  const check = read({ kind: 'endpoint', services: ['web'], path: '/', body: { 'checks.db': null, gone: null }, p95: '50ms', when: ['load'] })
  const { value } = await endpoint(check, fakeScene({ services, address: addressOf(server.base) }, { condition: 'load' }))
  expect(value).toHaveLength(40)
  expect(value[39]).toMatchObject({ status: 503, when: 'load', body: { checks: { db: 'down' } } })
  expect(value[39]?.body).not.toHaveProperty('secret')
})

test('a service that is dead, or not there, is evidence', async () => {
  const dead = fakeScene({ services, address: addressOf(await deadAddress()) })
  const { value, covered } = await endpoint(read({ kind: 'endpoint', services: ['web', 'gone'], path: '/' }), dead)
  expect(covered).toBe(true)
  expect(value[0]).toMatchObject({ service: 'web', error: expect.stringContaining('connection refused') })
  expect(value[0]?.status).toBeUndefined()
  expect(value[1]).toEqual({ service: 'gone', ms: 0, when: 'idle', error: 'it is not part of the stack, or has no port' })
})

test('an abort is thrown', async () => {
  const scene = fakeScene({ services, address: addressOf((await serving(200, '')).base) }, { signal: AbortSignal.abort(new Error('enough')) })
  await expect(endpoint(read({ kind: 'endpoint', services: ['web'], path: '/' }), scene)).rejects.toThrow('enough')
})
