// k6 through the harness, all of it: history, its being followed, dashboard. Against `k6 run` of the same script by hand.
import { join } from 'node:path'
import { HarnessError } from '../../errors.ts'
import { figuresIn } from '../../load/k6-figures.ts'
import type { Figures } from '../../load/k6-figures.ts'
import { runPlainK6 } from '../../load/plain-k6.ts'
import { startLoad } from '../../load/start-load.ts'
import type { LiveLoad } from '../../load/start-load.ts'
import { tailHistory } from '../../load/tail-history.ts'
import { rowOf } from '../../model/bench.ts'
import type { BenchRow } from '../../model/bench.ts'
import { poll } from '../../time/poll.ts'
import { approach } from '../approach.ts'
import type { OnStack } from './bench-order.ts'
import { interleave } from './interleave.ts'
import type { Pair } from './interleave.ts'

const SCENARIO = 'sample-processing'
/** More than twice that of the smoke drills: a small machine still reaches it with room to spare, so that both sides carry the same load. */
const RATE = 50
const DURATION_MS = 20_000
const WARM_UP_MS = 5_000
/** Of the requests. More, and what is compared is a system in trouble. */
const MAY_FAIL = 0.01
const AROUND_MS = 60_000
const NOTE = `${SCENARIO}, ${RATE} operations/s asked for, ${DURATION_MS / 1_000} s each, on the stack of local processes`

/** Throughput and p95 of the same scenario at the same rate, on a stack that has been warmed up. */
export async function benchLoad(stage: OnStack): Promise<readonly BenchRow[]> {
  await plain(stage, 'warm-up', WARM_UP_MS)
  const pairs = await interleave(
    stage.order.rounds,
    { ours: (round) => ours(stage, `load-${round}-ours`), plain: (round) => plain(stage, `load-${round}-plain`, DURATION_MS) },
    (round, pair) => stage.order.tell(`load, round ${round}: ${say(pair)}`),
  )
  const perSecond = ({ requests }: Figures) => requests / (DURATION_MS / 1_000)
  const throughput = pairs.map((pair) => ({ ours: perSecond(pair.ours), plain: perSecond(pair.plain) }))
  const p95 = pairs.map((pair) => ({ ours: pair.ours.p95, plain: pair.plain.p95 }))
  return [
    rowOf({ part: 'load', what: 'k6 through the harness / k6 run by hand: throughput', unit: 'per second', bound: { atLeast: 0.97 }, rounds: throughput, note: NOTE }),
    rowOf({ part: 'load', what: 'k6 through the harness / k6 run by hand: p95', unit: 'ms', bound: { atMost: 1.05 }, rounds: p95, note: NOTE }),
  ]
}

async function ours(stage: OnStack, name: string): Promise<Figures> {
  const { world, signal } = stage
  const load = await startLoad({ ...whereOf(stage, name), rate: RATE, run: keyOf(stage, name), longest: DURATION_MS, env: {}, clock: world.clock, signal })
  try {
    await followToItsEnd(load, stage)
  } finally {
    await load.stop()
  }
  const { code, meaning, summary, lastLines } = await load.stop()
  if (code !== 0 || summary === undefined) throw new HarnessError('LOAD_NOT_STARTED', `k6 through the harness: ${meaning}\n${lastLines.join('\n')}`)
  return sound(await figuresIn(summary))
}

/** As often as a drill looks while it waits for the floor. */
async function followToItsEnd(load: LiveLoad, { world: { clock }, signal }: OnStack): Promise<void> {
  const tail = tailHistory(load.history)
  let ended = false
  void load.exited.then(() => (ended = true))
  await poll({ clock, within: DURATION_MS + AROUND_MS, every: 250, signal, what: 'k6 to end by itself' }, async () => {
    await tail.read(clock.now())
    return ended
  })
}

async function plain(stage: OnStack, name: string, durationMs: number): Promise<Figures> {
  const { launch, scenarioFile, artifactsDir, baseUrl } = whereOf(stage, name)
  const env = { BASE_URL: baseUrl, RATE: String(RATE), RUN: keyOf(stage, name) }
  const { world: { clock }, signal } = stage
  return sound(await runPlainK6({ launch, scenarioFile, directory: artifactsDir, env, durationMs, clock, signal }))
}

function whereOf({ order, directory, rig, world }: OnStack, name: string) {
  const { launch, baseUrl } = approach({ k6: order.local.k6, run: directory.run, rig, stackDirectory: directory.path }, world)
  return { launch, baseUrl, scenarioFile: join(rig.stack.harness.scenarios, `${SCENARIO}.ts`), artifactsDir: join(directory.path, 'artifacts', name) }
}

/** In every row that is written, so that no load meets the rows of another. */
function keyOf({ directory }: OnStack, name: string): string {
  return `${directory.run.slice(-6)}${name.replace(/[^a-z0-9]/g, '')}`
}

function sound(figures: Figures): Figures {
  if (figures.failed <= MAY_FAIL) return figures
  throw new HarnessError('BASELINE_NOT_STEADY', `${(figures.failed * 100).toFixed(1)} % of the requests failed at ${RATE}/s: this machine does not carry that rate right now`)
}

function say({ ours: a, plain: b }: Pair<Figures>): string {
  return `throughput ${(a.requests / b.requests).toFixed(3)}, p95 ${a.p95.toFixed(1)} / ${b.p95.toFixed(1)} ms`
}
