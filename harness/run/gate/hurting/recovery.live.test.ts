// A service that comes back, one that does not, and one that was never gone.
import { expect, test } from 'vitest'
import { gateCheckSchema } from '../../../model/gate-check.ts'
import type { CheckOf } from '../../../model/gate-check.ts'
import { HarnessError } from '../../../errors.ts'
import { recovery } from './recovery.ts'
import { liveScene, liveServer } from './testing/live-scene.ts'

const check = (services: readonly string[]) => gateCheckSchema.parse({ kind: 'recovery', services, within: '5s' }) as CheckOf<'recovery'>
const ready = { web: '/health' }

test('each is killed, and timed until it is ready', async () => {
  await using live = await liveScene({ services: { web: liveServer('127.66.11.2'), stock: liveServer('127.66.11.3') }, ready })
  const { value, covered } = await recovery(check(['web', 'stock']), live.scene)
  expect({ covered, value }).toEqual({ covered: true, value: ['web', 'stock'].map((service) => ({ service, died: true, readyMs: expect.any(Number) })) })
  expect(Math.min(...value.map(({ readyMs = 0 }) => readyMs))).toBeGreaterThan(10)
  expect(live.journal.filter(({ type }) => type === 'fault-proved')).toHaveLength(2)
  expect(live.outstanding()).toEqual([])
})

test('one that accepts and is not ready is not back', async () => {
  await using live = await liveScene({ services: { web: liveServer('127.66.12.2') }, ready: { web: '/slow' } })
  const { value } = await recovery(check(['web']), live.scene)
  expect(value[0]?.readyMs).toBeGreaterThan(400)
})

test('one that cannot be started again has no time', async () => {
  const restart = async () => Promise.reject(new HarnessError('SERVICE_DIED', 'web ended with exit code 1 while starting'))
  await using live = await liveScene({ services: { web: liveServer('127.66.13.2') }, ready, hurried: true, rig: { restart } })
  const { value, covered, missing } = await recovery(check(['web']), live.scene)
  expect(value).toEqual([{ service: 'web', died: true }])
  expect({ covered, missing }).toMatchObject({ covered: false, missing: expect.stringMatching(/^web not ready again/) })
})

test('a kill that kills nobody is not taken for a quick recovery', async () => {
  await using live = await liveScene({ services: { web: liveServer('127.66.14.2') }, ready, hurried: true, rig: { kill: async () => undefined } })
  expect((await recovery(check(['web']), live.scene)).value).toEqual([{ service: 'web', died: false }])
})
