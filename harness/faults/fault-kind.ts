// What every kind of fault must be able to do, and what it is given to do it with.
import type { FaultRef } from '../model/entry.ts'
import type { Fault, Misbehaviour, Undo } from '../model/fault.ts'
import type { Room } from '../model/engine.ts'
import type { Scripts, ScriptSight } from '../model/script.ts'
import type { Address, Rig, ServiceState } from '../model/stack.ts'
import type { Look } from '../probes/edge.ts'
import type { Clock } from '../time/clock.ts'
import type { ProxyControl } from './proxy-control.ts'

export interface World {
  readonly rig: Rig
  readonly clock: Clock
  readonly control: ProxyControl
  /** The programs of this run; undefined where none can be run. */
  readonly scripts?: Scripts | undefined
  /** Undefined where no run listens, as when a dead one is undone. */
  readonly receivers?: Receivers | undefined
}

/** What receives notifications, and can be broken; one receiver by name at a time. */
export interface Receivers {
  /** Whoever asks there for `/<receiver>` sees how it is. */
  readonly address: Address
  misbehave(receiver: string, how: Misbehaviour): void
  /** Whether it was broken or not. */
  mend(receiver: string): void
}

/** What the kernel counted for a service from the beginning to the end of one look. */
export interface CpuSpell {
  readonly ms: number
  /** CPU time it had meanwhile. */
  readonly cpuMs: number
  /** Scheduling periods in which it ran under a limit, and those in which it was held back. */
  readonly periods: number
  readonly throttledPeriods: number
}

/** What a service holds of memory, as the kernel counts it, and the limit that the kernel enforces, or that it is only told. */
export interface MemoryHeld {
  readonly bytes: number
  readonly limitBytes: number | undefined
  readonly oomKilled: boolean
  readonly isOnlyTold?: boolean
}

/** A look, and for faults of a whole service the state its process or container is in, and what the kernel says of it. */
export interface Sight extends Look {
  readonly state?: ServiceState
  readonly cpu?: CpuSpell
  readonly memory?: MemoryHeld
  readonly room?: Room
  readonly script?: ScriptSight
  /** A text that was looked for in an answer, and whether it was there. */
  readonly said?: { readonly text: string; readonly found: boolean }
  /** What a server answered with, where that was read. */
  readonly status?: number
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
  patienceMs(before: Sight): number
  /** Why no look could ever show this fault; undefined when one can. */
  blind(before: Sight): string | undefined
  bites(before: Sight, seen: Sight): boolean
  /** Not merely the opposite of bites: clearly free of the effect. */
  gone(before: Sight, seen: Sight): boolean
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
  /** Whence a look takes more than an answer, such as "the kernel's count of its CPU time". */
  readonly reads?: string
  /** Plain data, written down before the fault is applied. May ask the target what is to be put back, and changes nothing. */
  undo(ref: RefOf<F>, world: World): Undo | Promise<Undo>
  apply(ref: RefOf<F>, world: World, signal: AbortSignal): Promise<void>
  look(ref: RefOf<F>, glance: Glance): Promise<Sight>
  judge(fault: F): Judge
  /** For a fault that may end by itself: resolves when it does, with how. */
  ends?(ref: RefOf<F>, world: World): Promise<string> | undefined
}
