// The price of starting a stack through the harness: against a script that starts the same things and waits for the same answers.
import { asHarnessError, HarnessError } from '../../errors.ts'
import { rowOf } from '../../model/bench.ts'
import type { BenchRow } from '../../model/bench.ts'
import { plainContainers } from '../../stack/containers/plain-containers.ts'
import { plainLocal } from '../../stack/local/plain-local.ts'
import type { OpenOptions, OpenStack } from '../../stack/runtime.ts'
import { runtimeNamed } from '../../stack/runtimes.ts'
import type { PlainStack } from '../../stack/plain-stack.ts'
import { readState } from '../../stack/state.ts'
import type { Provision } from '../provision.ts'
import { stackOrder } from './bench-order.ts'
import type { BenchStage } from './bench-order.ts'
import { interleave } from './interleave.ts'
import type { Pair } from './interleave.ts'

const STOP_WITHIN = 30_000
const WHAT = {
  local: 'start of a stack of processes / of the same command lines by script',
  containers: 'start of a stack of containers / docker start of the same by script',
} as const
const NOTE = {
  local: 'until all are ready; the script starts all at once, with the configuration and addresses of the stack before; the data is new on both sides',
  containers: 'until all are ready; the harness renders, creates and starts them; the script starts them, all at once, and their volumes are filled already',
} as const

/** One row for each runtime. */
export async function benchStart(bench: BenchStage): Promise<readonly BenchRow[]> {
  const { local, containers } = bench.order
  return [
    await rowFor(bench, 'local', () => roundsOfProcesses(bench, local)),
    'missing' in containers
      ? { part: 'start', what: WHAT.containers, missing: containers.missing }
      : await rowFor(bench, 'containers', () => roundsOfContainers(bench, containers)),
  ]
}

/** Milliseconds. */
type Rounds = readonly Pair<number>[]

async function rowFor({ world }: BenchStage, runtime: keyof typeof WHAT, measure: () => Promise<Rounds>): Promise<BenchRow> {
  try {
    return rowOf({ part: 'start', what: WHAT[runtime], unit: 'ms', rounds: [...(await measure())], note: NOTE[runtime] })
  } catch (thrown) {
    world.signal.throwIfAborted()
    const { code, message } = asHarnessError(thrown)
    return { part: 'start', what: WHAT[runtime], missing: `${code}: ${message}` }
  }
}

/** The first start is not measured: it fills the caches of the machine, and leaves the configuration for the script. */
async function roundsOfProcesses(bench: BenchStage, provision: Provision): Promise<Rounds> {
  const options = optionsOf(bench, provision)
  const ours = async () => {
    const { ms, stop } = await startOne(bench, options)
    await stop()
    return ms
  }
  await ours()
  const plain = async () => {
    const state = readState(options.directory)
    if (state?.runtime !== 'local') throw new HarnessError('BUG', `no state of a local stack in ${options.directory}`)
    const script = plainLocal(options, state)
    const stop = registered(bench, script)
    return timed(bench, () => script.start(bench.signal)).finally(stop)
  }
  return interleave(bench.order.rounds, { ours, plain }, teller(bench, 'processes'))
}

/** The script needs the containers that the harness has created, so that the harness always comes first. */
async function roundsOfContainers(bench: BenchStage, provision: Provision): Promise<Rounds> {
  const pairs: Pair<number>[] = []
  for (let round = 0; round <= bench.order.rounds; round++) {
    const pair = await oneOfContainers(bench, provision)
    if (round === 0) continue
    teller(bench, 'containers')(round, pair)
    pairs.push(pair)
  }
  return pairs
}

async function oneOfContainers(bench: BenchStage, provision: Provision): Promise<Pair<number>> {
  const options = optionsOf(bench, provision)
  const { ms: ours, opened, stop } = await startOne(bench, options)
  try {
    const state = readState(options.directory)
    if (state?.runtime !== 'containers') throw new HarnessError('BUG', `no state of a stack of containers in ${options.directory}`)
    const script = plainContainers(options, state, opened.rig)
    await script.stop()
    return { ours, plain: await timed(bench, () => script.start(bench.signal)) }
  } finally {
    await stop()
  }
}

interface StartedOne {
  readonly ms: number
  readonly opened: OpenStack
  readonly stop: () => Promise<void>
}

/** From the first look for free addresses; what is there when it fails is released with the part. */
async function startOne(bench: BenchStage, options: OpenOptions & Pick<Provision, 'runtime'>): Promise<StartedOne> {
  const { clock } = bench.world
  const began = clock.now()
  const opened = await runtimeNamed(options.runtime).open(options)
  const stop = registered(bench, opened)
  await opened.start(bench.signal, () => undefined)
  return { ms: clock.now() - began, opened, stop }
}

function registered({ unwind }: BenchStage, stack: PlainStack | OpenStack): () => Promise<void> {
  return unwind.register({ what: 'stack', within: STOP_WITHIN, release: () => stack.stop() })
}

/** What ends while it is stopped on purpose is no news; what ends while it starts is told by the start. */
function optionsOf({ order, world, directory }: BenchStage, provision: Provision): OpenOptions & Pick<Provision, 'runtime'> {
  const { root, env, clock } = world
  return { ...stackOrder(order, provision), run: directory.run, directory: directory.path, root, env, clock, onDeath: () => undefined, onLost: () => undefined }
}

async function timed({ world: { clock } }: BenchStage, work: () => Promise<void>): Promise<number> {
  const began = clock.now()
  await work()
  return clock.now() - began
}

function teller({ order: { tell } }: BenchStage, what: string): (round: number, pair: Pair<number>) => void {
  return (round, { ours, plain }) => tell(`start of ${what}, round ${round}: ${ours} / ${plain} ms`)
}
