// What recorded runs show of every alert rule, and of every fault: the shape of `harness alerts coverage`.
import type { Labels, RuleFact } from './evidence.ts'

/** What a gate can demand of every rule, the least first. */
export const LEVELS = ['tested', 'fired', 'proven'] as const
export type Level = (typeof LEVELS)[number]

/** `exempt` stands for anything but `proven`: what is proven needs no exemption. */
export type RuleState = 'proven' | 'fired' | 'unit-tested only' | 'silent' | 'unloaded' | 'exempt'

/** A rule of today, and the digests of the files that make it: its own, and those of the recording rules it stands on. */
export interface CoveredRule extends Pick<RuleFact, 'alert' | 'labels'> {
  readonly file: string
  readonly line: number
  readonly sources: Labels
}

/** What a run is held against. */
export interface Today {
  readonly rules: readonly CoveredRule[]
  /** Digest of the file that routes alerts. */
  readonly routes: string
}

/** An alert-fires finding that passed. Real milliseconds; times the acceleration for production. */
export interface AlertProof {
  readonly run: string
  readonly drill: string
  readonly acceleration: number
  readonly detectionMs: number
  readonly deliveryMs: number
  readonly resetMs: number
  /** Whether it went by the routes of today. */
  readonly sameRoutes: boolean
}

/** Where an alert was seen firing. */
export interface Sighting {
  readonly run: string
  readonly drill: string
}

/** A rule that nobody can prove here, why, and until when (the whole day, UTC) that is accepted. */
export interface Exemption {
  readonly alert: string
  readonly reason: string
  readonly until: string
}

/** An alert that some unit test expects, with the labels that it expects. */
export interface ExpectedByTest {
  readonly alert: string
  readonly labels: Labels
}

export interface RuleCoverage extends Sighted {
  readonly alert: string
  readonly file: string
  readonly line: number
  readonly state: RuleState
  readonly unitTested: boolean
  /** Only while it counts. */
  readonly exemption?: Exemption | undefined
}

/** What runs show of one rule. */
export interface Sighted {
  /** How many runs had it as it is today, and loaded it. */
  readonly loadedIn: number
  /** The newest first. */
  readonly firedIn: readonly Sighting[]
  readonly proofs: readonly AlertProof[]
}

export interface FaultCoverage {
  readonly kind: string
  readonly target: string
  /** `not seen` when no drill both proved the fault and watched every rule of today under it. */
  readonly state: 'alerts' | 'blind spot' | 'not seen'
  /** How many drills applied it, and in how many of them alerts were watched. */
  readonly applied: number
  readonly watched: number
  /** The longest that it was held, in production time: silence under a short one says little. */
  readonly heldMs: number
  /** In how many of these each alert fired while the fault held. */
  readonly alerts: readonly { readonly alert: string; readonly drills: number }[]
}

export interface RunsWithReason {
  readonly why: string
  readonly runs: readonly string[]
}

export interface AlertCoverage {
  readonly runs: { readonly found: number; readonly counted: number; readonly leftOut: readonly RunsWithReason[]; readonly inPart: readonly RunsWithReason[] }
  readonly rules: readonly RuleCoverage[]
  readonly faults: readonly FaultCoverage[]
  /** Exemptions that ran out, or are not needed any more. */
  readonly notes: readonly string[]
}

const REACHED: Readonly<Record<RuleState, number>> = { exempt: 3, proven: 3, fired: 2, 'unit-tested only': 1, silent: 0, unloaded: 0 }

/** The rules that do not come up to a level. */
export function rulesBelow<T extends Pick<RuleCoverage, 'state'>>({ rules }: { readonly rules: readonly T[] }, level: Level): readonly T[] {
  return rules.filter(({ state }) => REACHED[state] <= LEVELS.indexOf(level))
}
