// Whatever a dead run can leave in an engine is found by its label, and ended: half-made things as well.
import { describe, expect, test } from 'vitest'
import { systemClock } from '../../time/clock.ts'
import { containersRuntime } from './containers-runtime.ts'
import { RUN_LABEL } from './labels.ts'
import { IMAGE, stage, whyNoEngine } from './testing/stage.ts'
import type { Staged } from './testing/stage.ts'

const whyNot = await whyNoEngine()
const outside = { env: process.env, clock: systemClock }

function made(staged: Staged, what: 'container' | 'network' | 'volume' | 'paused container'): Promise<unknown> {
  const { engine: { docker }, run } = staged
  const Labels = { [RUN_LABEL]: run }
  if (what === 'network') return docker.createNetwork({ Name: run, Labels })
  if (what === 'volume') return docker.createVolume({ Name: run, Labels })
  const created = docker.createContainer({ name: `${run}-x`, Image: IMAGE, Cmd: ['sleep', '60'], Labels })
  if (what === 'container') return created
  return created.then(async (container) => {
    await container.start()
    await container.pause()
  })
}

describe.skipIf(whyNot !== '')(`what is left of a run${whyNot}`, () => {
  test.each(['container', 'network', 'volume', 'paused container'] as const)('a %s alone is found and removed', async (what) => {
    await using staged = await stage({ a: {} })
    const { dead, run } = staged
    expect(await containersRuntime.leftOf([dead], outside)).toEqual(new Set())
    await made(staged, what)
    expect(await containersRuntime.leftOf([dead, { run: 'another', state: undefined }], outside)).toEqual(new Set([run]))
    expect(await containersRuntime.sweep({ run, state: undefined }, outside)).toBe(1)
    expect(await staged.left()).toEqual([])
  })

  test('a stack that is kept up lives on, and ends by a sweep as by a stop', async () => {
    await using staged = await stage({ a: {}, b: { container: { volumes: [{ name: 'data', target: '/data' }] } } })
    await staged.start()
    await staged.opened.keepUp()
    expect(staged.state().keptUp).toBe(true)
    expect(await containersRuntime.lives(staged.state(), outside)).toBe(true)
    expect(await containersRuntime.sweep(staged.dead, outside)).toBe(4)
    expect(await containersRuntime.lives(staged.state(), outside)).toBe(false)
    expect(await staged.left()).toEqual([])
  })

  test('where no engine answers nobody can tell, and that at once', async () => {
    const nowhere = { env: { DOCKER_HOST: 'unix:///nowhere.sock' }, clock: systemClock }
    const began = performance.now()
    expect(await containersRuntime.leftOf([{ run: 'x', state: undefined }], nowhere)).toEqual(new Set())
    expect(performance.now() - began).toBeLessThan(100)
    await expect(containersRuntime.sweep({ run: 'x', state: undefined }, nowhere)).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE', exitCode: 4 })
  })
})
