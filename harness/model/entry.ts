// One line of the journal. Appended as things happen, never changed; the only truth about a run.
import type { Evidence, Labels, Proof } from './evidence.ts'
import type { AnyCriterion, Phase } from './criterion.ts'
import type { LoadedDrill } from './drill.ts'
import type { Fault, Undo } from './fault.ts'
import type { GateLook } from './gate-evidence.ts'
import type { LoadWay } from './k6.ts'
import type { LoadedPhase, Profile } from './phase.ts'

/** The version of the entry format; a reader refuses what it does not know. */
export const JOURNAL_VERSION = 1

export interface Floor {
  readonly what: string
  readonly wanted: string
  readonly used: string
}

/** Which fault of the drill, on which edge or service. */
export interface FaultRef {
  readonly index: number
  readonly fault: Fault
  readonly target: string
}

export type Happening =
  | {
      readonly type: 'run-opened'
      readonly run: string
      readonly command: string
      readonly drills: readonly string[]
      /** What the orders of the rounds were drawn with, where they were. */
      readonly seed?: string
      readonly runtime: string
      readonly acceleration: number
      /** Whether the end of a service is noticed: only in a stack that this run started itself. */
      readonly watched: boolean
      readonly floors: readonly Floor[]
      readonly versions: Labels
      readonly digests: Labels
      readonly machine: Labels
    }
  | { readonly type: 'stack-starting'; readonly services: readonly string[] }
  | { readonly type: 'service-started'; readonly service: string; readonly host: string; readonly ms: number }
  | { readonly type: 'stack-ready'; readonly ms: number }
  | { readonly type: 'service-died'; readonly service: string; readonly how: string; readonly lastLines: readonly string[] }
  | { readonly type: 'drill-opened'; readonly drill: LoadedDrill; readonly criteria: readonly AnyCriterion[]; readonly beside?: readonly string[] }
  | { readonly type: 'phase-began'; readonly phase: Phase | 'warm-up' }
  | { readonly type: 'phase-ended'; readonly phase: Phase | 'warm-up' }
  | ({ readonly type: 'fault-applying'; readonly undo: Undo } & FaultRef)
  | ({ readonly type: 'fault-applied' } & FaultRef)
  | ({ readonly type: 'fault-proved'; readonly proof: Proof } & FaultRef)
  | ({ readonly type: 'fault-reverting' } & FaultRef)
  | ({ readonly type: 'fault-reverted' } & FaultRef)
  | ({ readonly type: 'fault-gone'; readonly proof: Proof } & FaultRef)
  | { readonly type: 'proxy-restarted'; readonly why: string; readonly restored: readonly string[] }
  | { readonly type: 'evidence'; readonly evidence: Evidence }
  /** A phase that is judged from this run; `skipped` says why a criterion was left out. */
  | { readonly type: 'gate-opened'; readonly phase: LoadedPhase; readonly profile: Profile; readonly skipped: Labels }
  /** `ms`: how long it took; without it nobody looked. */
  | { readonly type: 'gate-look'; readonly phase: string; readonly ms?: number; readonly look: GateLook }
  | {
      readonly type: 'load-started'
      readonly scenario: string
      readonly rate: number
      /** What k6 ran in; not on record in runs before there was a choice. */
      readonly way?: LoadWay
    }
  | { readonly type: 'load-ended'; readonly exitCode: number; readonly meaning: string; readonly artifacts: readonly string[] }
  | { readonly type: 'step-failed'; readonly step: string; readonly code: string; readonly message: string; readonly hint: string }
  | { readonly type: 'released'; readonly what: string; readonly ms: number }
  | { readonly type: 'release-failed'; readonly what: string; readonly message: string }
  | { readonly type: 'drill-closed'; readonly reason: 'completed' | 'interrupted' | 'errored' }
  | { readonly type: 'run-closed'; readonly reason: 'completed' | 'interrupted' | 'errored' }

/** What the journal adds to a happening. `drillId` is the drill execution it belongs to, such as `quiet` or `quiet#2`. */
export interface Stamp {
  readonly v: typeof JOURNAL_VERSION
  /** Line number in the journal, from 1. */
  readonly seq: number
  /** Milliseconds since the epoch, by the harness's clock. */
  readonly at: number
  readonly drillId?: string
}

export type Entry = Happening & Stamp
export type EntryOf<T extends Happening['type']> = Extract<Happening, { type: T }> & Stamp
