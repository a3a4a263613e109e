// The same load as a process and in a container of a real engine: same history, same summary, same meaning of its end.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { k6Process } from '../../load/k6-process.ts'
import type { LoadEnd } from '../../load/load-artifacts.ts'
import { readHistory } from '../../load/read-history.ts'
import { startLoad } from '../../load/start-load.ts'
import type { LiveLoad } from '../../load/start-load.ts'
import { tailHistory } from '../../load/tail-history.ts'
import { openLaboratory } from '../../load/testing/laboratory.ts'
import type { LaunchK6, LoadWay } from '../../model/k6.ts'
import { systemClock } from '../../time/clock.ts'
import { poll } from '../../time/poll.ts'
import { leftOf, sweepRun } from '../runtimes.ts'
import { foundTool } from '../toolchain/testing/found-tool.ts'
import { k6Container } from './k6-container.ts'
import { engineAnswers, openK6Stage } from './testing/k6-stage.ts'
import type { K6Stage } from './testing/k6-stage.ts'

const RATE = 20
const k6 = (await foundTool('k6')) ?? ''

describe.skipIf(k6 === '' || !(await engineAnswers()))('with an engine and k6 (skipped when one of them is missing)', () => {
  let directory = ''
  let stage: K6Stage

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'k6-container-'))
    stage = await openK6Stage(k6)
  })
  afterAll(async () => {
    await stage[Symbol.asyncDispose]()
    rmSync(directory, { recursive: true })
  })

  function launcher(way: LoadWay): LaunchK6 {
    return way === 'process' ? k6Process(k6) : k6Container({ ...stage, clock: systemClock, env: process.env })
  }

  function start(name: string, baseUrl: string, launch: LaunchK6 = launcher('container')): Promise<LiveLoad> {
    const scenarioFile = join(import.meta.dirname, '../../../scenarios/sample-processing.ts')
    const artifactsDir = join(directory, name)
    const run = `live${name.replace(/\W/g, '')}`
    return startLoad({ launch, scenarioFile, artifactsDir, baseUrl, rate: RATE, run, env: {}, clock: systemClock, signal: new AbortController().signal })
  }

  async function reach(load: LiveLoad, count: number): Promise<void> {
    const tail = tailHistory(load.history)
    await poll({ clock: systemClock, within: 30_000, what: `${count} operations` }, async () => (await tail.read(Date.now())).invoked >= count)
  }

  /** What a reader of the artifacts can tell from them, without the figures. */
  async function shapeOf(end: LoadEnd) {
    const { ops, unreadable, torn, orphans, writes } = await readHistory(end.history)
    const summary = JSON.parse(readFileSync(end.summary ?? '', 'utf8')) as { metrics: Record<string, object> }
    const { code, signal, meaning, lastLines } = end
    return {
      end: { code, signal, meaning, lastLines: lastLines.map((line) => line.replace(/\d+/, 'N')) },
      history: { ops: Object.keys(ops).toSorted(), unreadable, torn, orphans, stores: [...writes.keys()] },
      metrics: Object.keys(summary.metrics).toSorted(),
    }
  }

  async function loaded(way: LoadWay) {
    await using laboratory = await openLaboratory(stage.gateway)
    const load = await start(way, laboratory.url, launcher(way))
    await reach(load, 150)
    return { shape: await shapeOf(await load.stop()), history: await readHistory(load.history) }
  }

  test('a container leaves what a process leaves, at the same rate, and nothing of itself', async () => {
    const [inProcess, inContainer] = [await loaded('process'), await loaded('container')]
    expect(inContainer.shape).toEqual(inProcess.shape)
    expect(inContainer.shape.end).toMatchObject({ code: 105, signal: null, meaning: 'ended by the harness' })
    const seconds = inContainer.history.buckets.slice(1, -1)
    expect(seconds.length).toBeGreaterThan(3)
    for (const { invoked } of seconds) expect(Math.abs(invoked - RATE)).toBeLessThanOrEqual(2)
    expect(await stage.left()).toEqual([])
  })

  test('what it said last is there when it called the load off, and once more when asked again', async () => {
    const unreachable = `http://${stage.gateway}:9`
    const load = await start('refused', unreachable)
    expect(await load.exited).toEqual({ code: 108, signal: null })
    const end = await load.stop()
    expect(end.meaning).toBe('the scenario called the run off')
    expect(end.lastLines.join('\n')).toContain(`called off: auth.register at ${unreachable}/api/auth/register before it began: `)
    expect(await load.stop()).toEqual(end)
  })

  test('one that is killed from outside is reported as killed, with the history it had', async () => {
    await using laboratory = await openLaboratory(stage.gateway)
    const load = await start('killed', laboratory.url)
    await reach(load, 30)
    await stage.docker.getContainer(load.id).kill()
    expect(await load.exited).toEqual({ code: null, signal: 'SIGKILL' })
    expect(await load.stop()).toMatchObject({ meaning: 'killed by SIGKILL', summary: undefined })
    expect((await readHistory(load.history)).lines).toBeGreaterThan(50)
    expect(await stage.left()).toEqual([])
  })

  test('one that is removed under our feet is ended, and that is no error', async () => {
    await using laboratory = await openLaboratory(stage.gateway)
    const load = await start('removed', laboratory.url)
    await reach(load, 10)
    await stage.docker.getContainer(load.id).remove({ force: true })
    expect((await load.stop()).meaning).toBe('killed by SIGKILL')
  })

  test('one whose harness is gone is found by the label of its run, and ended like all that is left of it', async () => {
    await using laboratory = await openLaboratory(stage.gateway)
    const outside = { env: process.env, clock: systemClock }
    const dead = { run: `${stage.run}-dead`, state: undefined }
    const load = await start('orphan', laboratory.url, k6Container({ ...stage, ...outside, run: dead.run }))
    await reach(load, 10)
    expect(await leftOf([dead], outside)).toEqual(new Set([dead.run]))
    expect(await sweepRun(dead, outside)).toBe(1)
    expect(await leftOf([dead], outside)).toEqual(new Set())
    expect(await load.exited).toEqual({ code: 105, signal: null })
    expect((await load.stop()).summary).toBeDefined()
  })

  test('an image that is not there is named, and nothing is left of the attempt', async () => {
    const launch = k6Container({ ...stage, image: 'readiness-test/absent:1', clock: systemClock, env: process.env })
    await expect(start('absent', 'http://127.0.0.1:9', launch)).rejects.toMatchObject({
      code: 'LOAD_NOT_STARTED',
      message: 'could not run readiness-test/absent:1',
      cause: expect.objectContaining({ message: expect.stringMatching(/no such image/i) }),
    })
    expect(await stage.left()).toEqual([])
  })
})
