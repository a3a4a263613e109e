// Services that end in order, that drop what they have begun, that end with an error and that do not end; and one that could not be asked.
import { expect, test } from 'vitest'
import { gateCheckSchema } from '../../../model/gate-check.ts'
import type { CheckOf } from '../../../model/gate-check.ts'
import { shutdown } from './shutdown.ts'
import { liveScene, liveServer } from './testing/live-scene.ts'
import type { ScenePlan } from './testing/live-scene.ts'

const check = gateCheckSchema.parse({ kind: 'shutdown', services: ['web'], within: '3s' }) as CheckOf<'shutdown'>

async function stopped(host: string, manner: string, plan: Partial<ScenePlan> = {}) {
  await using live = await liveScene({ services: { web: liveServer(host, manner) }, ready: { web: '/slow' }, ...plan })
  const seen = await shutdown(check, live.scene)
  return { ...seen, one: seen.value[0], left: live.outstanding(), state: await live.scene.rig.state('web') }
}

test('what is under way is answered, and then it ends; it is started again', async () => {
  const { one, covered, left, state } = await stopped('127.66.21.2', 'polite')
  expect({ covered, left, state }).toEqual({ covered: true, left: [], state: 'running' })
  expect(one).toMatchObject({ service: 'web', exitCode: 0, lost: 0 })
  expect(one?.served).toBeGreaterThan(3)
  expect(one?.ms).toBeLessThan(1_500)
})

test('what is under way when it drops everything is lost', async () => {
  const { one } = await stopped('127.66.22.2', 'rude')
  expect(one).toMatchObject({ exitCode: 143, served: 0 })
  expect(one?.lost).toBeGreaterThan(3)
})

test('an error at the end, and no end at all', { timeout: 60_000 }, async () => {
  expect((await stopped('127.66.23.2', 'wrong')).one).toMatchObject({ exitCode: 1, lost: 0 })
  const { one, state } = await stopped('127.66.24.2', 'stubborn')
  expect(one).not.toHaveProperty('exitCode')
  expect([one?.ms, state]).toEqual([expect.closeTo(13_000, -3), 'running'])
})

test('one that nobody can ask, and one of whose end nobody is told, say nothing', async () => {
  expect(await stopped('127.66.25.2', 'polite', { ready: {} })).toMatchObject({ value: [], covered: false, missing: expect.stringMatching(/nothing that could be asked/) })
  const terminate = async () => ({ ended: true, ms: 1 })
  expect(await stopped('127.66.26.2', 'polite', { rig: { terminate } })).toMatchObject({ value: [], covered: false, missing: expect.stringMatching(/^how web ended/) })
})
