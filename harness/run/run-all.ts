// The story of a run: undo what dead runs left, start the stack, run the drills, unwind, close the journal.
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { HarnessError, asHarnessError } from '../errors.ts'
import { openJournal } from '../journal/write.ts'
import type { LoadedDrill } from '../model/drill.ts'
import type { Entry, Happening } from '../model/entry.ts'
import type { Labels } from '../model/evidence.ts'
import type { K6 } from '../model/k6.ts'
import { observersOf } from '../model/stack.ts'
import type { Rig, RuntimeName, Stack } from '../model/stack.ts'
import { floorsOf } from '../stack/config-files.ts'
import { runtimeNamed } from '../stack/runtimes.ts'
import { batchesOf, besides, executionsOf } from './executions.ts'
import type { Execution } from './executions.ts'
import { attach } from './running-stacks.ts'
import type { RunningStack } from './running-stacks.ts'
import { openSession } from './open-session.ts'
import { waitUntilReady } from './ready.ts'
import type { GateOrder } from './gate/gate-order.ts'
import { openGates, runGate } from './gate/run-gate.ts'
import { startTimeOf } from './gate/start-time.ts'
import { createRunDirectory } from './run-directory.ts'
import type { RunDirectory } from './run-directory.ts'
import { runDrill } from './run-drill.ts'
import { lockRun, unlockRun } from './run-lock.ts'
import type { Session, World } from './session.ts'
import { openScribe } from './scribe.ts'
import type { Scribe } from './scribe.ts'
import { Unwind } from './unwind.ts'

/** A stack ends in seconds; on a machine that is worn out an engine takes its time, and cutting it off leaves more to sweep. */
const STOP_WITHIN = 75_000

export interface RunOrder {
  readonly command: string
  readonly stack: Stack
  readonly files: readonly string[]
  readonly drills: readonly LoadedDrill[]
  readonly repeat: number
  /** Draws the order of each round; as selected when left out. */
  readonly seed?: string | undefined
  /** How many drills that allow it may run side by side; 1 when left out. */
  readonly together?: number | undefined
  readonly acceleration: number
  readonly runtime: RuntimeName
  readonly tools: ReadonlyMap<string, string>
  /** There whenever there are drills. */
  readonly k6?: K6 | undefined
  /** Image reference by service; empty on a runtime without images. */
  readonly images: ReadonlyMap<string, string>
  readonly versions: Readonly<Record<string, string>>
  readonly digests: Readonly<Record<string, string>>
  readonly keepUp: boolean
  /** What is looked at besides, so that phases can be judged; its drills are among those above. */
  readonly gate?: GateOrder | undefined
  /** A stack that runs already; it is used and left as it was. */
  readonly on?: RunningStack | undefined
  readonly onEntry: (entry: Entry) => void
}

/** Runs everything that was ordered; what happened is in the journal of the directory returned. Throws only when there is no journal. */
export function runAll(order: RunOrder, world: World): Promise<RunDirectory> {
  return inRun(order, world, (stage) => play(order, stage))
}

/** A run around a story: its directory, journal and lock, and the unwinding of all that the story registers. */
export async function inRun(order: RunOrder, world: World, story: (stage: Stage) => Promise<void>): Promise<RunDirectory> {
  const directory = createRunDirectory(world.root, world.clock.now())
  lockRun(directory.path, order.on?.directory.run)
  const journal = openJournal(join(directory.path, 'journal.jsonl'), world.clock)
  journal.onEntry(order.onEntry)
  const scribe = openScribe(journal)
  const unwind = new Unwind(world.clock, scribe.append)
  world.onLeft(() => unwind.left())
  let reason: 'completed' | 'interrupted' | 'errored' = 'completed'
  try {
    scribe.append(await opening(order, directory.run))
    await story({ world, directory, scribe, unwind })
  } catch (thrown) {
    const { code, message, hint } = asHarnessError(thrown)
    reason = code === 'INTERRUPTED' ? 'interrupted' : 'errored'
    scribe.append({ type: 'step-failed', step: 'run', code, message, hint })
  }
  if (world.signal.aborted) reason = 'interrupted'
  await unwind.run()
  scribe.append({ type: 'run-closed', reason })
  journal.close()
  unlockRun(directory.path)
  return directory
}

export interface Stage {
  readonly world: World
  readonly directory: RunDirectory
  readonly scribe: Scribe
  readonly unwind: Unwind
}

async function play(order: RunOrder, stage: Stage): Promise<void> {
  const { gate } = order
  const { append } = stage.scribe
  const death = new AbortController()
  const signal = AbortSignal.any([stage.world.signal, death.signal])
  if (gate !== undefined) openGates(gate, append)
  const beganAt = order.on === undefined ? stage.world.clock.now() : undefined
  const rig = order.on ? await attach(order.on, stage.world) : await startStack(order, stage, { death, signal })
  const session = await openSession(order, stage, rig)
  await waitUntilReady(session, signal)
  const drills = () => runBatches(order, { session, signal, scribe: stage.scribe })
  if (gate === undefined) return drills()
  const startTime = await startTimeOf(session, { command: order.command, beganAt, signal })
  await runGate({ gate, session, append, signal, startTime, drills })
}

async function runBatches(order: RunOrder, going: Going): Promise<void> {
  for (const batch of batchesOf(executionsOf(order), order.stack, order.together ?? 1)) {
    going.signal.throwIfAborted()
    if (await order.gate?.enough()) return
    await Promise.all(batch.map((execution) => runOne(execution, batch, going)))
  }
}

type Going = Pick<Stage, 'scribe'> & { readonly session: Session; readonly signal: AbortSignal }

function runOne(execution: Execution, batch: readonly Execution[], { session, signal, scribe }: Going): Promise<void> {
  const { id, drill } = execution
  const beside = batch.filter((other) => other !== execution).map((other) => other.id)
  const suffering = { ...drill, allow: [...drill.allow, ...besides(execution, batch)] }
  return scribe.during(id, (append) => runDrill({ session, drill: suffering, id, signal, append, beside }))
}

/** Starts the stack of the order and registers its release. */
export async function startStack(order: RunOrder, stage: Stage, { death, signal }: { death: AbortController; signal: AbortSignal }): Promise<Rig> {
  const { world, directory, scribe, unwind } = stage
  const began = world.clock.now()
  const observers = observersOf(order.stack.harness)
  const opened = await runtimeNamed(order.runtime).open({
    ...order,
    run: directory.run,
    root: world.root,
    directory: directory.path,
    env: world.env,
    clock: world.clock,
    onLost: (error) => death.abort(error),
    onDeath: (service, how, lastLines) => {
      scribe.append({ type: 'service-died', service, how, lastLines })
      if (observers.has(service)) death.abort(new HarnessError('SERVICE_DIED', `${service} ended by itself with ${how}: ${lastLines.at(-1) ?? 'it logged nothing'}`))
    },
  })
  let stays = false
  unwind.register({ what: 'stack', within: STOP_WITHIN, release: async () => (stays && !world.signal.aborted ? opened.keepUp() : opened.stop()) })
  scribe.append({ type: 'stack-starting', services: order.stack.services.map(({ name }) => name) })
  await opened.start(signal, (service, host, ms) => scribe.append({ type: 'service-started', service, host, ms }))
  scribe.append({ type: 'stack-ready', ms: world.clock.now() - began })
  stays = order.keepUp
  return opened.rig
}

/** Only whoever started a process is told of its end. */
function isWatched({ on }: RunOrder): boolean {
  return on === undefined
}

async function opening(order: RunOrder, run: string): Promise<Happening> {
  return {
    type: 'run-opened',
    run,
    command: order.command,
    drills: executionsOf(order).map(({ id }) => id),
    ...(order.seed === undefined ? {} : { seed: order.seed }),
    runtime: order.on?.state.runtime ?? order.runtime,
    acceleration: order.acceleration,
    watched: isWatched(order),
    floors: await floorsOf(order.stack, order.acceleration),
    versions: order.versions,
    digests: order.digests,
    machine: machineFacts(),
  }
}

/** What figures depend on, for the record. */
export function machineFacts(): Labels {
  return { platform: `${process.platform}-${process.arch}`, cpus: String(cpus().length), memoryMiB: String(Math.round(totalmem() / 2 ** 20)) }
}
