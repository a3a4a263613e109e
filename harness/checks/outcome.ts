// What a check comes to, and the shape every check has.
import type { AnyCriterion, CriterionOf } from '../model/criterion.ts'
import type { Finding } from '../model/finding.ts'
import type { DrillRecord } from '../model/record.ts'

/** A finding before judge.ts puts its criterion beside it. */
export type Outcome = Omit<Finding, 'criterion' | 'sentence'>

/** One criterion kind: says it in plain words, and judges it from the record alone. */
export interface Check<K extends AnyCriterion['kind']> {
  describe(criterion: CriterionOf<K>): string
  judge(criterion: CriterionOf<K>, record: DrillRecord): Outcome
}

type Detail = Partial<Pick<Outcome, 'times' | 'lines'>>

export function pass(because: string, detail: Detail = {}): Outcome {
  return { verdict: 'pass', because, times: detail.times ?? [], lines: detail.lines ?? [] }
}

export function fail(because: string, detail: Detail = {}): Outcome {
  return { verdict: 'fail', because, times: detail.times ?? [], lines: detail.lines ?? [] }
}

export function inconclusive(because: string, detail: Detail = {}): Outcome {
  return { verdict: 'inconclusive', because, times: detail.times ?? [], lines: detail.lines ?? [] }
}
