// All kinds of fault, as a total map, and the way a run uses them without knowing any by name.
import { HarnessError } from '../errors.ts'
import { targetOf } from '../model/fault.ts'
import type { Fault, FaultOf, Undo } from '../model/fault.ts'
import type { FaultRef } from '../model/entry.ts'
import type { Proof } from '../model/evidence.ts'
import { matchEdges } from '../model/stack.ts'
import type { Stack } from '../model/stack.ts'
import { typicalOf } from '../probes/edge.ts'
import { bandwidth } from './bandwidth.ts'
import { config_change } from './config-change.ts'
import { cpu_limit } from './cpu-limit.ts'
import { crash } from './crash.ts'
import { disconnect } from './disconnect.ts'
import { disk_full } from './disk-full.ts'
import type { FaultKind, Sight, World } from './fault-kind.ts'
import { freeze } from './freeze.ts'
import { latency } from './latency.ts'
import { limit_data } from './limit-data.ts'
import { memory_limit } from './memory-limit.ts'
import { outage } from './outage.ts'
import * as prove from './prove.ts'
import { receiver_broken } from './receiver-broken.ts'
import { reset_peer } from './reset-peer.ts'
import { script } from './script.ts'
import { slicer } from './slicer.ts'
import { slow_close } from './slow-close.ts'
import { timeout } from './timeout.ts'

export { preflight, sweepProxies } from './preflight.ts'
export { performUndo } from './undo.ts'

/** A kind that is missing here does not compile. */
export const faultKinds: { readonly [K in Fault['kind']]: FaultKind<FaultOf<K>> } = {
  latency,
  bandwidth,
  timeout,
  reset_peer,
  slicer,
  limit_data,
  slow_close,
  outage,
  crash,
  freeze,
  disconnect,
  cpu_limit,
  memory_limit,
  disk_full,
  receiver_broken,
  script,
  config_change,
}

/** Milliseconds a look before the fault may take. */
const BEFORE_MS = 5_000
/** So that an effect is measured neither against a lucky moment nor against a bad one. */
const BEFORE_LOOKS = 3

/** One plain sentence for plan and report. */
export function describeFault(fault: Fault): string {
  return kindOf(fault).describe(fault)
}

/**
 * One reference for every edge or service that the faults name. CONTENT_INVALID when one names nothing: it would never
 * be applied.
 */
export function resolveFaults(faults: readonly Fault[], stack: Stack): FaultRef[] {
  return faults.flatMap((fault, index): FaultRef[] => {
    if (fault.kind === 'receiver_broken') return [{ index, fault, target: fault.receiver }]
    const targets =
      'edge' in fault
        ? matchEdges(fault.edge, stack.edges)
        : stack.services.filter(({ name }) => name === fault.service)
    if (targets.length === 0)
      throw new HarnessError('CONTENT_INVALID', `${fault.kind} names ${targetOf(fault)}, which is not in ${stack.file}`)
    return targets.map(({ name }) => ({ index, fault, target: name }))
  })
}

/**
 * The step that undoes the fault: plain data, to be written down before the fault is applied. Asks the target what is to
 * be put back, and changes nothing.
 */
export async function undoOf(ref: FaultRef, world: World): Promise<Undo> {
  return kindOf(ref.fault).undo(ref, world)
}

/** How the target usually looks from outside: to be called before the fault, for proofs compare with it. */
export async function lookAt(ref: FaultRef, world: World, signal: AbortSignal): Promise<Sight> {
  const looks: Sight[] = []
  // What the kernel counts is no matter of timing, and engines take their time to tell it.
  const enough = kindOf(ref.fault).reads === undefined ? BEFORE_LOOKS : 1
  while (looks.length < enough && looks.every(({ outcome }) => outcome === 'answered')) {
    looks.push(await kindOf(ref.fault).look(ref, { patienceMs: BEFORE_MS, world, signal }))
  }
  return typicalOf(looks)
}

/** Resolves when the injector says yes, which proves nothing yet. FAULT_NOT_APPLIED with its words when it says no. */
export function applyFault(ref: FaultRef, world: World, signal: AbortSignal): Promise<void> {
  return kindOf(ref.fault).apply(ref, world, signal)
}

/** A fault, and how its target looked before it. */
export interface Seen {
  readonly ref: FaultRef
  readonly before: Sight
}

/** Resolves when a fault that should hold has ended by itself, with how; undefined for faults that cannot. */
export function endOfFault(ref: FaultRef, world: World): Promise<string> | undefined {
  return kindOf(ref.fault).ends?.(ref, world)
}

/** Whether the fault can be seen from outside. Not holding is an answer, not an error. */
export function proveFault(seen: Seen, world: World, signal: AbortSignal): Promise<Proof> {
  return prove.proveBite(question(seen, world, signal))
}

/** Whether the fault can no longer be seen from outside, after it was undone. */
export function proveGone(seen: Seen, world: World, signal: AbortSignal): Promise<Proof> {
  return prove.proveGone(question(seen, world, signal))
}

function question({ ref, before }: Seen, world: World, signal: AbortSignal): prove.Question {
  const kind = kindOf(ref.fault)
  const spoke = 'edge' in ref.fault ? `spoke to ${ref.target} as a caller` : `spoke to ${ref.target} directly`
  const what = kind.reads === undefined ? spoke : `${spoke} and read ${kind.reads}`
  const look = (patienceMs: number) => kind.look(ref, { patienceMs, world, signal })
  return { what, judge: kind.judge(ref.fault), before, clock: world.clock, signal, look }
}

/** The map gives every fault the kind of its own name; the compiler cannot follow that. */
function kindOf(fault: Fault): FaultKind<Fault> {
  return faultKinds[fault.kind]
}
