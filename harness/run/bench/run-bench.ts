// The story of a benchmark: each part that is wanted, one after another; one that cannot be measured says why and stops no other.
import { asHarnessError } from '../../errors.ts'
import { BENCH_PARTS } from '../../model/bench.ts'
import type { Bench, BenchPart, BenchRow } from '../../model/bench.ts'
import { inRun, machineFacts, startStack } from '../run-all.ts'
import { newRunId } from '../run-directory.ts'
import type { World } from '../session.ts'
import { Unwind } from '../unwind.ts'
import { stackOrder } from './bench-order.ts'
import type { BenchOrder, BenchStage, Measure, OnStack } from './bench-order.ts'
import { benchEdge } from './edge-bench.ts'
import { benchLoad } from './load-bench.ts'
import { benchStart } from './start-bench.ts'
import { benchVerdict } from './verdict-bench.ts'

/** Measures what is ordered. Never throws for what a part could not do, nor when it is interrupted: the rows say so. */
export async function runBench(order: BenchOrder, world: World): Promise<Bench> {
  const at = world.clock.now()
  const rows: BenchRow[] = []
  const wanted = (part: BenchPart) => order.parts.includes(part)
  const own = await (BENCH_PARTS.some((part) => part !== 'verdict' && wanted(part)) ? inOwnRun(order, world, rows) : newRunId(at))
  if (wanted('verdict')) rows.push(...(await attempt('verdict', world, () => benchVerdict(order, world))))
  const lost = order.parts.filter((part) => !rows.some((row) => row.part === part))
  rows.push(...lost.map((part) => ({ part, what: part, missing: world.signal.aborted ? 'interrupted' : 'it was not begun' })))
  const inOrder = BENCH_PARTS.flatMap((part) => rows.filter((row) => row.part === part))
  return { version: 1, run: own, at: new Date(at).toISOString(), command: order.command, machine: machineFacts(), versions: { ...order.local.versions }, rows: inOrder }
}

/** The parts that start something, in a run of their own; returns its id. */
async function inOwnRun(order: BenchOrder, world: World, rows: BenchRow[]): Promise<string> {
  const { run } = await inRun(stackOrder(order, order.local), world, async (stage) => {
    const bench = { ...stage, order, signal: world.signal }
    const onStack = ([['load', benchLoad], ['edge', benchEdge]] as const).filter(([part]) => order.parts.includes(part))
    if (onStack.length > 0) await onOneStack(bench, onStack, rows)
    if (order.parts.includes('start')) rows.push(...(await attempt('start', world, () => inScope(bench, benchStart))))
  })
  return run
}

/** Both parts that only use a stack share one. */
async function onOneStack(bench: BenchStage, parts: readonly (readonly [BenchPart, Measure<OnStack>])[], rows: BenchRow[]): Promise<void> {
  const [[first] = ['load' as const]] = parts
  const found = await attempt(first, bench.world, () =>
    inScope(bench, async (scope) => {
      scope.order.tell('starting a stack of local processes')
      const death = new AbortController()
      const signal = AbortSignal.any([scope.signal, death.signal])
      const rig = await startStack(stackOrder(scope.order, scope.order.local), scope, { death, signal })
      for (const [part, measure] of parts) rows.push(...(await attempt(part, bench.world, () => measure({ ...scope, rig, signal }))))
      return []
    }),
  )
  rows.push(...found)
}

/** What the work starts is released when it ends, and not only when the run does. */
async function inScope<T>(bench: BenchStage, work: (bench: BenchStage) => Promise<T>): Promise<T> {
  const unwind = new Unwind(bench.world.clock, bench.scribe.append)
  bench.world.onLeft(() => unwind.left())
  try {
    return await work({ ...bench, unwind })
  } finally {
    await unwind.run()
  }
}

/** The rows, or one that says why there are none. After an interruption nothing is begun. */
async function attempt(part: BenchPart, { signal }: World, work: () => Promise<readonly BenchRow[]>): Promise<readonly BenchRow[]> {
  if (signal.aborted) return []
  try {
    return await work()
  } catch (thrown) {
    if (signal.aborted) return []
    const { code, message, hint } = asHarnessError(thrown)
    return [{ part, what: part, missing: `${code}: ${message} (${hint})` }]
  }
}
