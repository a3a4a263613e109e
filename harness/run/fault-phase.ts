// Holds the faults of a drill: look, log the undo, apply, prove, hold, revert, prove gone. Each on its own timeline.
import { applyFault, endOfFault, lookAt, performUndo, proveFault, proveGone, undoOf } from '../faults/index.ts'
import { HarnessError } from '../errors.ts'
import type { FaultRef } from '../model/entry.ts'
import { parseDuration } from '../model/duration.ts'
import { nameOf } from '../model/fault.ts'
import type { Append, Session } from './session.ts'
import type { Unwind } from './unwind.ts'

const REVERT_WITHIN = 20_000

export interface FaultStage {
  readonly session: Session
  readonly append: Append
  readonly unwind: Unwind
  readonly signal: AbortSignal
  /** Called while all faults still hold, shortly before the first is reverted. */
  readonly beforeRevert: () => Promise<void>
}

type Look = Awaited<ReturnType<typeof lookAt>>

/** Resolves when every fault is reverted and proved gone; rejects with FAULT_NOT_PROVED as soon as one does not bite. */
export async function holdFaults(refs: readonly FaultRef[], stage: FaultStage): Promise<void> {
  const world = worldOf(stage.session)
  const before = await Promise.all(refs.map((ref) => lookAt(ref, world, stage.signal)))
  const began = stage.session.world.clock.now()
  const failed = new AbortController()
  const signal = AbortSignal.any([stage.signal, failed.signal])
  const all = refs.map((ref, i) =>
    holdFault(ref, before[i] as Look, { ...stage, began, signal }).catch((thrown: unknown) => {
      failed.abort(thrown)
      throw thrown
    }),
  )
  await Promise.all(all).finally(() => Promise.allSettled(all))
}

async function holdFault(ref: FaultRef, before: Look, stage: FaultStage & { readonly began: number }): Promise<void> {
  const { session, append, signal, began } = stage
  const { clock } = session.world
  const real = (duration: string | undefined) => parseDuration(duration ?? '0s') / session.acceleration
  await sleepUntil(began + real(ref.fault.from), stage)
  const revert = await register(ref, stage)
  await applyFault(ref, worldOf(session), signal)
  const appliedAt = clock.now()
  append({ type: 'fault-applied', ...ref })
  const proof = await proveFault({ ref, before }, worldOf(session), signal)
  append({ type: 'fault-proved', ...ref, proof })
  if (!proof.holds) throw new HarnessError('FAULT_NOT_PROVED', `${nameOf(ref.fault)} did not bite on ${ref.target}: ${proof.seen}, before: ${proof.before}`)
  await holdUntil(appliedAt + real(ref.fault.for), ref, stage)
  await stage.beforeRevert()
  await revert()
  append({ type: 'fault-gone', ...ref, proof: await proveGone({ ref, before }, worldOf(session), signal) })
}

/** Logs the undo, then registers it: from here on every exit path reverts this fault. */
async function register(ref: FaultRef, { session, append, unwind, signal }: FaultStage): Promise<() => Promise<void>> {
  const undo = await undoOf(ref, worldOf(session))
  signal.throwIfAborted()
  const id = session.undoLog.pending(undo)
  const revert = unwind.register({
    what: `${nameOf(ref.fault)} (${ref.target})`,
    within: REVERT_WITHIN,
    release: async (signal) => {
      append({ type: 'fault-reverting', ...ref })
      await performUndo(undo, worldOf(session), signal)
      session.undoLog.done(id)
      append({ type: 'fault-reverted', ...ref })
    },
  })
  append({ type: 'fault-applying', ...ref, undo })
  return revert
}

function worldOf({ rig, control, scripts, receivers, world }: Session) {
  return { rig, control, scripts, receivers, clock: world.clock }
}

/** FAULT_NOT_PROVED when the fault ends by itself before that. */
async function holdUntil(time: number, ref: FaultRef, stage: FaultStage): Promise<void> {
  const early = endOfFault(ref, worldOf(stage.session))?.then((how) => {
    throw new HarnessError('FAULT_NOT_PROVED', `${nameOf(ref.fault)} ended by itself while it should hold: ${how}`)
  })
  await Promise.race([sleepUntil(time, stage), ...(early === undefined ? [] : [early])])
}

async function sleepUntil(time: number, { session, signal }: FaultStage): Promise<void> {
  await session.world.clock.sleep(Math.max(0, time - session.world.clock.now()), signal)
}
