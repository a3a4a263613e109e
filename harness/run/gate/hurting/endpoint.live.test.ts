// An endpoint while another service is away: who is away is really gone meanwhile, is back afterwards, and is not spoken of when he never went.
import { expect, test } from 'vitest'
import { gateCheckSchema } from '../../../model/gate-check.ts'
import type { CheckOf } from '../../../model/gate-check.ts'
import { endpoint } from './endpoint.ts'
import { liveScene, liveServer } from './testing/live-scene.ts'

const check = (changes: object = {}) => gateCheckSchema.parse({ kind: 'endpoint', services: ['web'], path: '/health', when: ['without'], without: 'db', ...changes }) as CheckOf<'endpoint'>
const services = (subnet: string) => ({ web: liveServer(`${subnet}.2`), db: liveServer(`${subnet}.3`) })
const ready = { web: '/health', db: '/health' }

test('the one is asked while the other is away', async () => {
  await using live = await liveScene({ services: services('127.66.1'), ready })
  const seen = await endpoint(check({ p95: '1s' }), live.scene)
  expect(seen).toMatchObject({ covered: true })
  expect(seen.value).toHaveLength(40)
  expect(seen.value[0]).toMatchObject({ service: 'web', when: 'without', status: 200 })
  expect(live.journal.map(({ type }) => type)).toEqual(['fault-applying', 'fault-applied', 'fault-proved', 'fault-reverting', 'fault-reverted', 'released', 'fault-gone'])
  expect([await live.scene.rig.state('db'), live.outstanding()]).toEqual(['running', []])
})

test('what is asked of the one that is away has no status', async () => {
  await using live = await liveScene({ services: services('127.66.2'), ready })
  const { value } = await endpoint(check({ services: ['db'] }), live.scene)
  expect(value).toHaveLength(3)
  expect(value.filter(({ status, error }) => status === undefined && error !== undefined)).toHaveLength(3)
})

test('a kill that kills nobody, and a service that stays away, show nothing', async () => {
  await using lame = await liveScene({ services: services('127.66.3'), ready, hurried: true, rig: { kill: async () => undefined } })
  expect(await endpoint(check(), lame.scene)).toMatchObject({ value: [], covered: false, missing: expect.stringMatching(/crash on db did not bite/) })
  await using gone = await liveScene({ services: services('127.66.4'), ready, hurried: true, rig: { restart: async () => undefined } })
  expect(await endpoint(check(), gone.scene)).toMatchObject({ covered: false, missing: expect.stringMatching(/^db not ready again/) })
})
