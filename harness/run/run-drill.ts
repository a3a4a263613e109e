// The story of one drill: load, baseline, faults, recovery, evidence. Everything it starts is registered for release at once.
import { preflight, resolveFaults } from '../faults/index.ts'
import { HarnessError, asHarnessError } from '../errors.ts'
import type { Phase } from '../model/criterion.ts'
import { criteriaOf } from '../model/drill.ts'
import type { LoadedDrill } from '../model/drill.ts'
import { parseDuration } from '../model/duration.ts'
import { nameOf } from '../model/fault.ts'
import { lackingOn, runtimesOf } from '../model/fault-runtimes.ts'
import { beginLoad, endLoad } from './drive.ts'
import { holdFaults } from './fault-phase.ts'
import { gatherAfter, gatherBefore, gatherDuring } from './gather.ts'
import type { Windows } from './gather.ts'
import { gatherInvariants } from './gather-invariants.ts'
import type { Append, Session } from './session.ts'
import { waitForFloor, waitForQuiet, waitUntilSettled } from './settle.ts'
import { targetsAreUp } from './targets.ts'
import { Unwind } from './unwind.ts'
import { watchingRouting } from './watch-routing.ts'

const LAST_ANSWERS_MS = 1_000

export interface DrillStage {
  readonly session: Session
  readonly drill: LoadedDrill
  /** `quiet`, or `quiet#2`. */
  readonly id: string
  readonly append: Append
  /** The executions that run side by side with this one. */
  readonly beside?: readonly string[]
  readonly unwind: Unwind
  readonly signal: AbortSignal
}

/** Runs one drill to its end and journals how it ended. Never throws: what went wrong is in the journal. */
export async function runDrill(stage: Omit<DrillStage, 'unwind'>): Promise<void> {
  const { session, drill, append } = stage
  const unwind = new Unwind(session.world.clock, append)
  session.world.onLeft(() => unwind.left())
  append({ type: 'drill-opened', drill, criteria: criteriaOf(drill, { ...session.rig.stack.harness, watched: session.watched }), ...(stage.beside?.length && { beside: stage.beside }) })
  let reason: 'completed' | 'interrupted' | 'errored' = 'completed'
  try {
    await play({ ...stage, unwind })
  } catch (thrown) {
    const { code, message, hint } = asHarnessError(thrown)
    reason = code === 'INTERRUPTED' ? 'interrupted' : 'errored'
    append({ type: 'step-failed', step: 'drill', code, message, hint })
  }
  const clean = await unwind.run()
  append({ type: 'drill-closed', reason: clean || reason === 'interrupted' ? reason : 'errored' })
}

async function play(stage: DrillStage): Promise<void> {
  const { session, drill, append, unwind, signal } = stage
  const windows: Windows = {}
  const phased = { ...stage, windows }
  demandRuntime(stage)
  if (!(await targetsAreUp(stage))) return
  await gatherInvariants(stage, 'before')
  const load = await beginLoad(stage, drill.load)
  await inPhase('warm-up', phased, async () => {
    await waitForFloor(load, stage)
    await waitForQuiet(stage)
    await demandProxies(stage)
  })
  const before = await gatherBefore(stage)
  await inPhase('baseline', phased, () => pass(stage, drill.baseline))
  if (drill.faults.length === 0) await inPhase('baseline', phased, () => pass(stage, drill.hold ?? '0s'))
  else {
    const refs = resolveFaults(drill.faults, session.rig.stack)
    await inPhase('fault', phased, () => watchingRouting(stage, () => holdFaults(refs, { session, append, unwind, signal, beforeRevert: once(() => gatherDuring(stage)) })))
    await inPhase('recovery', phased, () => waitUntilSettled(stage, before.rules))
  }
  // what began in the last second of the watch must have been able to end: cut off by us, it would count against the system
  await session.world.clock.sleep(LAST_ANSWERS_MS, signal)
  await endLoad(stage, load)
  await gatherInvariants(stage, 'after')
  await gatherAfter(stage, { ...before, windows, history: load.history })
}

/** Before any load: a fault that this runtime does not have would be found out only after the baseline. */
function demandRuntime({ drill, session: { rig } }: DrillStage): void {
  const lacking = lackingOn(rig.runtime, drill.faults)
  if (lacking.length === 0) return
  const where = runtimesOf(drill.faults).join(' or ')
  throw new HarnessError('FAULT_UNSUPPORTED', `${lacking.map(nameOf).join(' and ')} cannot be had on the ${rig.runtime} runtime, only on ${where}`, {
    hint: `harness drill ${drill.name} --runtime ${where}`,
  })
}

type PhasedStage = DrillStage & { readonly windows: Windows }

/** A proxy that is disabled or already carries a toxic would swallow a fault or add to it. */
async function demandProxies({ session, signal }: DrillStage): Promise<void> {
  const { rig, control, world } = session
  const wrong = await preflight({ rig, control, clock: world.clock }, signal)
  if (wrong.length === 0) return
  const list = wrong.map(({ edge, problem }) => `${edge}: ${problem}`).join('; ')
  throw new HarnessError('BASELINE_NOT_STEADY', `proxies were not clean before any fault: ${list}`, { hint: 'harness undo, then again' })
}

async function inPhase(phase: Phase | 'warm-up', { append, session, windows }: PhasedStage, work: () => Promise<void>): Promise<void> {
  const from = session.world.clock.now()
  append({ type: 'phase-began', phase })
  await work()
  append({ type: 'phase-ended', phase })
  if (phase !== 'warm-up') windows[phase] = { from: windows[phase]?.from ?? from, to: session.world.clock.now() }
}

function pass({ session, signal }: DrillStage, duration: string): Promise<void> {
  return session.world.clock.sleep(parseDuration(duration) / session.acceleration, signal)
}

function once(work: () => Promise<void>): () => Promise<void> {
  let begun: Promise<void> | undefined
  return () => (begun ??= work())
}
