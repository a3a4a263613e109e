// What changed between two runs: the shape of `harness compare`.
import type { Labels } from './evidence.ts'
import type { AlertTime } from './run-history.ts'
import type { Verdict } from './verdict.ts'

/** `changed` is neither for the better nor for the worse. */
export type Direction = 'worse' | 'better' | 'changed'

/** How many executions came to each verdict; repeats of a drill count together. */
export type VerdictTally = Readonly<Record<Verdict, number>>

export interface VerdictChange {
  readonly kind: 'run' | 'phase' | 'claim' | 'drill' | 'criterion'
  readonly direction: Direction
  /** Of a claim its phase; empty for the run. */
  readonly drill: string
  /** The criterion in plain words, as the later run has it; of a claim its name. */
  readonly criterion?: string
  readonly before: VerdictTally
  readonly after: VerdictTally
  /** Of the later run. */
  readonly because: string
}

/** What a rule came to in all executions of one drill. */
export type AlertWord = 'fired as asked' | 'missing' | 'fired unasked' | 'allowed' | 'silent'

export interface AlertChange {
  readonly kind: 'alert'
  readonly direction: Direction
  readonly drill: string
  readonly alert: string
  readonly before: AlertWord
  readonly after: AlertWord
}

/** Production milliseconds; medians where a run repeated the drill. */
export interface TimeChange {
  readonly kind: 'time'
  readonly direction: Direction
  readonly drill: string
  readonly alert: string
  readonly labels?: Labels | undefined
  readonly time: AlertTime
  readonly beforeMs: number
  readonly afterMs: number
  readonly samples: readonly [before: number, after: number]
  /** What may come by chance, and where it was taken from. */
  readonly noiseMs: number
  readonly noise: 'scrape and evaluations' | 'repeats'
}

export type Change = VerdictChange | AlertChange | TimeChange

export interface ComparedRun {
  readonly run: string
  readonly at: string
  readonly command: string
  readonly runtime: string
  readonly acceleration: number
  readonly verdict: Verdict
}

export interface Comparison {
  readonly before: ComparedRun
  readonly after: ComparedRun
  /** Names of drills that both runs held. */
  readonly common: readonly string[]
  /** Phases that both were judged for, in the same profile; without one of these, or a drill, nothing can be compared. */
  readonly phases: readonly string[]
  readonly onlyBefore: readonly string[]
  readonly onlyAfter: readonly string[]
  /** What else differs, so that a change may come from it. */
  readonly notes: readonly string[]
  /** Worst first. */
  readonly changes: readonly Change[]
  /** What was held against each other. */
  readonly compared: { readonly claims: number; readonly criteria: number; readonly times: number }
}

export function isWorse({ changes }: Pick<Comparison, 'changes'>): boolean {
  return changes.some(({ direction }) => direction === 'worse')
}

export function isComparable({ common, phases }: Pick<Comparison, 'common' | 'phases'>): boolean {
  return common.length + phases.length > 0
}
