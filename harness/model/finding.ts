// What a check says of one criterion, and what a run comes to.
import type { AnyCriterion } from './criterion.ts'
import type { Verdict } from './verdict.ts'

/** One measured time beside what it was allowed to be. Real milliseconds; multiply by the acceleration for production time. */
export interface MeasuredTime {
  /** `fault to pending`, `fault to firing`, `fault to delivered`, `end of fault to resolved` ... */
  readonly name: string
  readonly ms: number
  readonly limitMs?: number
}

export interface Finding {
  readonly criterion: AnyCriterion
  /** The criterion in plain words. */
  readonly sentence: string
  readonly verdict: Verdict
  /** Why, in one sentence that names what was seen. */
  readonly because: string
  readonly times: readonly MeasuredTime[]
  /** Journal lines that show it. */
  readonly lines: readonly number[]
}

export interface JudgedDrill {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly verdict: Verdict
  /** One sentence for the whole drill. */
  readonly because: string
  readonly findings: readonly Finding[]
}

export interface Judgement {
  readonly run: string
  readonly verdict: Verdict
  /** One sentence for the whole run. */
  readonly because: string
  readonly drills: readonly JudgedDrill[]
}
