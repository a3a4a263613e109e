// How long drills took to their verdict, against the least time that they and the configuration of the monitoring demand.
import { leastTimeOf } from '../../drill/least-time.ts'
import type { LeastTime } from '../../drill/least-time.ts'
import { readObserved } from '../../drill/observed.ts'
import { HarnessError } from '../../errors.ts'
import { rowOf } from '../../model/bench.ts'
import type { BenchRow, Round } from '../../model/bench.ts'
import type { LoadedDrill } from '../../model/drill.ts'
import { evidenceOf } from '../../model/record.ts'
import type { DrillRecord, RunRecord } from '../../model/record.ts'
import { readPastRun } from '../past-run.ts'
import { runAll } from '../run-all.ts'
import { listRuns } from '../run-directory.ts'
import type { World } from '../session.ts'
import { stackOrder } from './bench-order.ts'
import type { BenchOrder } from './bench-order.ts'

const TAG = 'smoke'

/** One row for each smoke drill, and one for all. */
export async function benchVerdict(order: BenchOrder, world: World): Promise<readonly BenchRow[]> {
  const drills = order.content.drills.filter(({ tags }) => tags.includes(TAG))
  const record = order.acceleration === undefined ? await newestWith(drills, order, world) : await ownRun(drills, order, world)
  const note = `run ${record.opened.run}, accelerated ${record.opened.acceleration}x, on ${record.opened.runtime}`
  const timed = drills.map((drill) => ({ drill, rounds: timesOf(drill, { record, order }) }))
  const rows = timed.map(({ drill, rounds }) => {
    const parts = rounds[0]?.least.parts.map(({ what, ms }) => `${what} ${(ms / 1_000).toFixed(1)} s`).join(' + ')
    return rowOf({ part: 'verdict', what: `time to verdict / least time: ${drill.name}`, unit: 'ms', rounds: rounds.map(figures), note: `${note}; least time = ${parts}` })
  })
  return [...rows, rowOf({ part: 'verdict', what: `time to verdict / least time: all ${drills.length}`, unit: 'ms', rounds: [sumOf(timed.flatMap(({ rounds }) => rounds))], note })]
}

interface Timed {
  readonly tookMs: number
  readonly least: LeastTime
}

function timesOf(drill: LoadedDrill, { record, order }: { readonly record: RunRecord; readonly order: BenchOrder }): readonly Timed[] {
  const { acceleration } = record.opened
  const { observed } = readObserved(order.content.texts, acceleration)
  if (observed === undefined) throw new HarnessError('BUG', 'the observers read at production speed but not accelerated')
  return executionsOf(drill, record).map((execution) => ({
    tookMs: (execution.closed?.at ?? NaN) - execution.openedAt,
    least: leastTimeOf(execution.drill, { stack: order.content.stack, acceleration, observed }, firedIn(execution)),
  }))
}

function figures({ tookMs, least }: Timed): Round {
  return { ours: tookMs, plain: least.ms }
}

function sumOf(all: readonly Timed[]): Round {
  const rounds = all.map(figures)
  return { ours: rounds.reduce((sum, { ours }) => sum + ours, 0), plain: rounds.reduce((sum, { plain }) => sum + plain, 0) }
}

/** Those that came to their end. */
function executionsOf({ name }: LoadedDrill, { drills }: RunRecord): readonly DrillRecord[] {
  return drills.filter(({ drill, closed }) => drill.name === name && closed?.reason === 'completed')
}

/** Alerts that some receiver was told of. */
function firedIn(execution: DrillRecord): readonly string[] {
  const told = evidenceOf(execution, 'delivery').flatMap(({ evidence }) => evidence.value.notifications)
  return [...new Set(told.filter(({ status }) => status === 'firing').map(({ alert }) => alert))]
}

async function ownRun(drills: readonly LoadedDrill[], order: BenchOrder, world: World): Promise<RunRecord> {
  const { path } = await runAll({ ...stackOrder(order, order.local), drills, acceleration: order.acceleration ?? 1 }, world)
  const record = await readPastRun(path)
  if (isWhole(record, drills)) return record
  throw new HarnessError('DEADLINE', `not every drill of ${path} came to its end`, { hint: `harness report ${record.opened.run}` })
}

/** The newest run in which every one of the drills came to its end, under the rules that are there now. */
async function newestWith(drills: readonly LoadedDrill[], { digests }: BenchOrder, world: World): Promise<RunRecord> {
  for (const { path } of listRuns(world.root).toReversed()) {
    const record = await readPastRun(path).catch(() => undefined)
    if (record !== undefined && isWhole(record, drills) && isCurrent(record, digests)) return record
  }
  throw new HarnessError('STACK_NOT_FOUND', `no run in which every drill tagged ${TAG} came to its end, under the files as they are now`, { hint: 'harness bench --accelerate 40 makes one' })
}

function isWhole(record: RunRecord, drills: readonly LoadedDrill[]): boolean {
  return record.closed?.reason === 'completed' && drills.every((drill) => executionsOf(drill, record).length > 0)
}

/** A file that was not there then, such as a new drill, changes nothing about it. */
function isCurrent({ opened }: RunRecord, digests: BenchOrder['digests']): boolean {
  return Object.entries(opened.digests).every(([file, digest]) => digests[file] === undefined || digests[file] === digest)
}
