// The load against a laboratory in memory, with a real k6: rates, history and endings are what drills rely on.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../time/clock.ts'
import { poll } from '../time/poll.ts'
import type { History } from './fold-history.ts'
import { k6Process } from './k6-process.ts'
import type { LoadEnd } from './load-artifacts.ts'
import { readHistory } from './read-history.ts'
import { startLoad } from './start-load.ts'
import type { LiveLoad, LoadOptions } from './start-load.ts'
import { tailHistory } from './tail-history.ts'
import { foundTool } from '../stack/toolchain/testing/found-tool.ts'
import { openLaboratory } from './testing/laboratory.ts'
import type { Mood } from './testing/laboratory.ts'

const HOST = '127.62.0.2'
const UNREACHABLE = `http://${HOST}:9`
const RATE = 20
const k6 = await foundTool('k6')
let directory = ''

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'load-'))
})
afterAll(() => rmSync(directory, { recursive: true }))

function start(name: string, baseUrl: string, more: Partial<LoadOptions> = {}): Promise<LiveLoad> {
  return startLoad({
    launch: k6Process(k6 ?? 'k6', { HARNESS_RUN: 'live' }),
    scenarioFile: join(import.meta.dirname, '../../scenarios/sample-processing.ts'),
    artifactsDir: join(directory, name),
    baseUrl,
    rate: RATE,
    run: `live${name}`,
    env: {},
    clock: systemClock,
    signal: new AbortController().signal,
    ...more,
  })
}

interface Driven {
  readonly end: LoadEnd
  readonly history: History
  readonly known: ReadonlySet<string>
  readonly traces: ReadonlySet<string>
}

/** Whole seconds of the run: neither the first nor the last. */
function wholeSeconds({ buckets }: History) {
  return buckets.slice(1, -1)
}

function keysWith({ writes }: History, wanted: string): readonly string[] {
  return [...(writes.get('samples') ?? [])].flatMap(([key, { outcome }]) => (outcome === wanted ? key : []))
}

test('a k6 that is not there is named', async () => {
  const started = start('absent', UNREACHABLE, { launch: k6Process('/nowhere/k6') })
  await expect(started).rejects.toMatchObject({ code: 'LOAD_NOT_STARTED', message: 'could not run /nowhere/k6' })
})

describe.skipIf(k6 === undefined)('with k6 (skipped when the harness has none)', () => {
  /** Runs until `operations` have begun after the mood changed; 25 good ones come first. */
  async function drive(mood: Mood, operations: number): Promise<Driven> {
    await using laboratory = await openLaboratory(HOST)
    const load = await start(mood, laboratory.url)
    const tail = tailHistory(load.history)
    const reached = (count: number) => {
      const wait = { clock: systemClock, within: 30_000, what: `${count} operations` }
      return poll(wait, async () => (await tail.read(Date.now())).invoked >= count)
    }
    try {
      await reached(25)
      laboratory.feel(mood)
      await reached(25 + operations)
    } finally {
      await load.stop()
    }
    const [end, history] = [await load.stop(), await readHistory(load.history)]
    return { end, history, known: laboratory.barcodes, traces: laboratory.traces }
  }

  test('a good laboratory gets the whole journey at the rate asked for, and leaves a complete history', async () => {
    const { end, history, known, traces } = await drive('good', 120)
    expect(end).toMatchObject({ code: 105, signal: null, meaning: 'ended by the harness' })
    expect(JSON.parse(readFileSync(end.summary ?? '', 'utf8'))).toHaveProperty('metrics.http_req_duration')
    expect(history).toMatchObject({ unreadable: 0, torn: false, orphans: 0 })
    for (const { invoked } of wholeSeconds(history)) expect(invoked).toBeGreaterThanOrEqual(RATE - 2)
    for (const { invoked } of wholeSeconds(history)) expect(invoked).toBeLessThanOrEqual(RATE + 2)
    expect(Object.values(history.ops).flatMap(({ why }) => Object.keys(why))).toEqual([])
    const steps = ['sample.create', 'sample.move', 'sample.move-illegal', 'sample.batch', 'sample.list', 'auth.login']
    expect(Object.keys(history.ops)).toEqual(expect.arrayContaining(steps))
    const acknowledged = keysWith(history, 'acknowledged')
    expect(acknowledged.length).toBeGreaterThan(10)
    expect(acknowledged.filter((key) => !known.has(key))).toEqual([])
    expect(history.traces.filter(({ trace }) => !traces.has(trace))).toEqual([])
  })

  test('a failing laboratory keeps its rate, and what it answered 500 to is unknown', async () => {
    const { history } = await drive('failing', 80)
    for (const { invoked } of wholeSeconds(history)) expect(invoked).toBeGreaterThanOrEqual(RATE - 2)
    expect(wholeSeconds(history).at(-1)?.bad).toBeGreaterThanOrEqual(RATE - 2)
    expect(history.ops['sample.create']?.why).toHaveProperty('status 500')
    expect(keysWith(history, 'unknown').length).toBeGreaterThan(10)
  })

  test('a hanging laboratory keeps its rate, and the operations it holds are neither good nor bad', async () => {
    const { end, history } = await drive('hanging', 80)
    expect(end.code).toBe(105)
    for (const { invoked } of wholeSeconds(history)) expect(invoked).toBeGreaterThanOrEqual(RATE - 2)
    expect(wholeSeconds(history).at(-1)?.bad).toBe(0)
    expect(wholeSeconds(history).at(-1)?.unknown).toBeGreaterThanOrEqual(RATE - 2)
    expect(history.ops['auth.login']?.invoked).toBeLessThanOrEqual(2)
  })

  test('a system that is not there calls the load off with the reason, and stop() still tells', async () => {
    const load = await start('refused', UNREACHABLE)
    expect(await load.exited).toEqual({ code: 108, signal: null })
    const end = await load.stop()
    expect(end.meaning).toBe('the scenario called the run off')
    const reason = `called off: auth.register at ${UNREACHABLE}/api/auth/register before it began: `
    expect(end.lastLines.join('\n')).toMatch(new RegExp(`${reason}.*connection refused`))
    expect(await readHistory(load.history)).toMatchObject({ lines: 0 })
  })

  test('a journey that breaks ends the load, with the line of the scenario', async () => {
    const scenarioFile = join(directory, 'breaks.ts')
    const lib = (name: string) => JSON.stringify(join(import.meta.dirname, '../../scenarios/lib', name))
    const lines = [
      `import { optionsFor, runJourneys } from ${lib('journey.ts')}`,
      `import { readSettings } from ${lib('settings.ts')}`,
      'const settings = readSettings()',
      'export const options = optionsFor(settings)',
      "export default () => runJourneys(settings, async () => { throw new Error('no such step') })",
    ]
    writeFileSync(scenarioFile, lines.join('\n'))
    const load = await start('breaks', UNREACHABLE, { scenarioFile })
    expect((await load.exited).code).toBe(108)
    expect((await load.stop()).lastLines.join('\n')).toMatch(/a journey broke: Error: no such step at .*breaks\.ts:5/)
  })

  test('nothing of a stopped load is left, and its directory takes no second one', async () => {
    await using laboratory = await openLaboratory(HOST)
    const load = await start('once', laboratory.url)
    expect(existsSync(`/proc/${load.id}`)).toBe(true)
    expect(readFileSync(`/proc/${load.id}/cmdline`, 'utf8')).not.toContain('HARNESS_RUN')
    expect(await load.stop()).toEqual(await load.stop())
    expect(existsSync(`/proc/${load.id}`)).toBe(false)
    await expect(start('once', laboratory.url)).rejects.toMatchObject({ code: 'LOAD_NOT_STARTED' })
  })
})
