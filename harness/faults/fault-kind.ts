// What every kind of fault must be able to do, and what it is given to do it with.
import type { FaultRef } from '../model/entry.ts'
import type { Fault, Undo } from '../model/fault.ts'
import type { Rig, ServiceState } from '../model/stack.ts'
import type { Look } from '../probes/edge.ts'
import type { Clock } from '../time/clock.ts'
import type { ProxyControl } from './proxy-control.ts'

export interface World {
  readonly rig: Rig
  readonly clock: Clock
  readonly control: ProxyControl
}

/** A look, and for faults of a whole service the state its process or container is in. */
export interface Sight extends Look {
  readonly state?: ServiceState
}

/** With what, for how long at most, and until when one look is taken. */
export interface Glance {
  readonly world: World
  readonly patienceMs: number
  readonly signal: AbortSignal
}

export type RefOf<F extends Fault> = FaultRef & { readonly fault: F }

/** How the looks of one fault are judged. `before` is the look taken before the fault. */
export interface Judge {
  /** Milliseconds one look waits for the effect. */
  patienceMs(before: Look): number
  /** Why no look could ever show this fault; undefined when one can. */
  blind(before: Look): string | undefined
  bites(before: Look, seen: Sight): boolean
  /** Not merely the opposite of bites: clearly free of the effect. */
  gone(before: Look, seen: Sight): boolean
  /** How many looks one answer takes: more than one where chance or a small effect is involved. */
  readonly looks: number
  /** How many of them must bite. */
  readonly enough: number
  /** How many of them run side by side. */
  readonly atOnce: number
}

export interface FaultKind<F extends Fault> {
  /** One plain sentence for plan and report. */
  describe(fault: F): string
  /** Plain data, written down before the fault is applied. */
  undo(ref: RefOf<F>): Undo
  apply(ref: RefOf<F>, world: World, signal: AbortSignal): Promise<void>
  look(ref: RefOf<F>, glance: Glance): Promise<Sight>
  judge(fault: F): Judge
}
