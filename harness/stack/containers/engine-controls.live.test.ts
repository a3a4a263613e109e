// What the controls refuse and what they say, on a real engine: the host's disk, images without programs, services that are gone.
import { mkdtempSync, readdirSync, rmSync, writeFileSync, copyFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../../model/engine.ts'
import { hasEngine, openContainers } from '../../faults/testing/live-containers.ts'
import type { LiveContainers } from '../../faults/testing/live-containers.ts'
import { systemClock } from '../../time/clock.ts'
import { foundTool } from '../toolchain/testing/found-tool.ts'
import { engineControls } from './engine-controls.ts'

const bare = (await foundTool('toxiproxy-server')) ?? ''
const TAG = 'readiness-test/bare:faults'
const FILL = '.readiness-harness-fill'

describe.skipIf(!(await hasEngine()))('with a container engine (skipped where none has debian:bookworm-slim)', () => {
  let stage: LiveContainers
  let engine: Engine
  let shared = ''

  beforeAll(async () => {
    shared = mkdtempSync(join(tmpdir(), 'engine-controls-'))
    mkdirSync(join(shared, 'trap'))
    const host = { Tmpfs: { '/data': 'size=8m', '/unlimited': '', '/closed': 'size=8m,mode=0500,uid=7' }, Binds: [`${shared}:/shared`, '/dev/shm:/hostmemory'] }
    stage = await openContainers({ web: { host, user: '1000' } })
    await stage.start()
    engine = stage.rig.engine as Engine
  })
  afterAll(async () => {
    await stage?.[Symbol.asyncDispose]()
    rmSync(shared, { recursive: true })
  })

  test.each(['/', '/tmp', '/shared', '/hostmemory', '/dev/shm', '/unlimited', '/data/deeper', '/nowhere'])('%s is not filled, for it is not the service\'s alone', async (path) => {
    const refused = { code: 'FAULT_NOT_APPLIED', message: `${path} is no tmpfs of its own with a size, and nothing else may be filled` }
    await expect(engine.fill('web', path)).rejects.toMatchObject(refused)
    await expect(engine.room('web', path)).rejects.toMatchObject(refused)
    expect(readdirSync(shared)).toEqual(['trap'])
    expect(readdirSync('/dev/shm')).not.toContain(FILL)
  })

  test('a tmpfs that the service may not write to is not filled either, and the words of the kernel are told', async () => {
    await expect(engine.fill('web', '/closed')).rejects.toMatchObject({ code: 'FAULT_NOT_APPLIED', message: expect.stringMatching(/\/closed could not be filled: .*Permission denied/) })
  })

  test('filled twice it is as full, emptied twice it is as empty', async () => {
    await engine.fill('web', '/data')
    await engine.fill('web', '/data')
    expect(await engine.room('web', '/data')).toEqual({ sizeBytes: 8 * 2 ** 20, freeBytes: 0 })
    await engine.empty('web', '/data')
    await engine.empty('web', '/data')
    expect(await engine.room('web', '/data')).toEqual({ sizeBytes: 8 * 2 ** 20, freeBytes: 8 * 2 ** 20 })
  })

  test('one limit leaves the other alone', async () => {
    const memory = { bytes: 64 * 2 ** 20, withSwapBytes: 96 * 2 ** 20 }
    await engine.limitCpus('web', 0.5)
    await engine.limitMemory('web', memory)
    expect(await engine.limits('web')).toEqual({ cpus: 0.5, memory })
    await engine.limitCpus('web', undefined)
    expect(await engine.limits('web')).toEqual({ cpus: undefined, memory })
    await engine.limitMemory('web', undefined)
    expect(await engine.limits('web')).toEqual({ cpus: undefined, memory: undefined })
    expect((await engine.usage('web')).memoryLimitBytes).toBeUndefined()
  })

  test('what the engine refuses is told in its own words', async () => {
    await expect(engine.limitMemory('web', { bytes: 1_000 })).rejects.toMatchObject({ code: 'FAULT_NOT_APPLIED', message: expect.stringContaining('Minimum memory limit allowed is 6MB'), hint: expect.stringContaining('ask for more') })
  })

  test('a service that is paused cannot be emptied, and says so', async () => {
    await stage.rig.freeze('web')
    await expect(engine.empty('web', '/data')).rejects.toMatchObject({ code: 'FAULT_NOT_REVERTED', message: expect.stringMatching(/could not empty \/data of web: .*paused/) })
    await stage.rig.thaw('web')
  })

  test('off the network twice and on it twice, and its ports are read again each time it is back', async () => {
    const port = () => stage.rig.address('web', 8080).port
    for (const step of [engine.disconnect, engine.disconnect]) await step('web')
    expect(await stage.rig.state('web')).toBe('disconnected')
    for (const step of [engine.reconnect, engine.reconnect]) await step('web')
    expect(await stage.rig.state('web')).toBe('running')
    expect((await fetch(`http://127.0.0.1:${port()}`)).status).toBe(200)
  })

  test.runIf(bare !== '')('an image without a single program: FAULT_NOT_APPLIED that says so', async () => {
    const context = mkdtempSync(join(tmpdir(), 'bare-'))
    const label = { 'readiness-harness.test': 'bare' }
    copyFileSync(bare, join(context, 'bare'))
    writeFileSync(join(context, 'Dockerfile'), 'FROM scratch\nCOPY bare /bare\nENTRYPOINT ["/bare"]\n')
    const stream = await stage.docker.buildImage({ context, src: ['Dockerfile', 'bare'] }, { t: TAG, labels: label })
    await new Promise<void>((resolve, reject) => stage.docker.modem.followProgress(stream, (failed) => (failed ? reject(failed) : resolve())))
    const container = await stage.docker.createContainer({ Image: TAG, Labels: label, HostConfig: { Tmpfs: { '/data': 'size=8m' } } })
    try {
      await container.start()
      const controls = engineControls({ docker: stage.docker, network: 'none', clock: systemClock, container: async () => container, onPortsChanged: async () => undefined })
      await expect(controls.fill('bare', '/data')).rejects.toMatchObject({
        code: 'FAULT_NOT_APPLIED',
        message: expect.stringMatching(/^stat cannot be run in the container: .*not found/),
        hint: 'a disk is filled from inside: use an image that has stat, dd and rm',
      })
    } finally {
      await container.remove({ force: true })
      await stage.docker.getImage(TAG).remove({ force: true })
      rmSync(context, { recursive: true })
    }
  })

  test('of a service without a container nothing can be read, and nothing has to be undone', async () => {
    const controls = engineControls({ docker: stage.docker, network: 'none', clock: systemClock, container: async () => undefined, onPortsChanged: async () => expect.unreachable('it is not back') })
    await expect(controls.disconnect('web')).rejects.toMatchObject({ code: 'FAULT_NOT_APPLIED', message: 'could not disconnect web: it has no container' })
    await expect(controls.limits('web')).rejects.toMatchObject({ code: 'FAULT_NOT_APPLIED' })
    await controls.reconnect('web')
    await controls.limitCpus('web', undefined)
    await controls.limitMemory('web', undefined)
    await controls.empty('web', '/data')
    expect(await controls.usage('web')).toMatchObject({ cpuMs: 0, oomKilled: false })
  })
})
