// An engine that goes away in the middle: noticed at once, told in words, and swept once it is back.
import { describe, expect, test } from 'vitest'
import { HarnessError } from '../../errors.ts'
import { systemClock } from '../../time/clock.ts'
import { poll } from '../../time/poll.ts'
import { containersRuntime } from './containers-runtime.ts'
import { engineClient } from './engine-client.ts'
import { relayTo } from './testing/relay.ts'
import { stage, whyNoEngine } from './testing/stage.ts'

const whyNot = await whyNoEngine()
const socket = whyNot === '' ? (await engineClient(process.env)).where.replace('unix://', '') : ''

// one relay for the file: testcontainers keeps the engine that it is told first
describe.skipIf(whyNot !== '')(`an engine that goes away${whyNot}`, () => {
  test('while nothing happens, and while a service starts', { timeout: 60_000 }, async () => {
    using relay = await relayTo(socket)
    const env = { ...process.env, DOCKER_HOST: relay.where }
    await using idle = await stage({ a: {} }, { env })
    await using busy = await stage({ a: { command: ['sh', '-c', 'echo waiting; sleep 60'] } }, { env })
    await idle.start()
    const starting = busy.start().catch((thrown: unknown) => thrown)
    await poll({ clock: systemClock, within: 10_000, what: 'a container to wait' }, async () => (await busy.left()).includes('container a'))
    await systemClock.sleep(500)
    const began = performance.now()
    relay.cut()

    const gone = { code: 'ENGINE_UNREACHABLE', exitCode: 4, hint: expect.stringContaining('harness undo') }
    expect(await starting).toMatchObject(gone)
    await poll({ clock: systemClock, within: 1_000, every: 10, what: 'the loss to be noticed' }, async () => idle.lost.length > 0)
    expect(idle.lost).toEqual([expect.objectContaining(gone)])
    await expect(idle.opened.rig.state('a')).rejects.toMatchObject(gone)
    await expect(idle.opened.rig.kill('a')).rejects.toMatchObject(gone)
    await expect(idle.opened.stop()).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' })
    await expect(busy.opened.stop()).rejects.toBeInstanceOf(HarnessError)
    expect(performance.now() - began).toBeLessThan(5_000)
    expect(idle.deaths).toEqual([])

    for (const staged of [idle, busy]) {
      expect(await staged.left()).not.toEqual([])
      await containersRuntime.sweep(staged.dead, { env: process.env, clock: systemClock })
      expect(await staged.left()).toEqual([])
    }
  })
})
