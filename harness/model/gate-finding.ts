// What a gate says of one criterion, and what a phase comes to.
import type { Finding, Judgement } from './finding.ts'
import type { GateCriterion, Profile } from './phase.ts'
import { worst } from './verdict.ts'
import type { Verdict } from './verdict.ts'

export interface GateFinding extends Pick<Finding, 'because' | 'times' | 'lines'> {
  readonly criterion: GateCriterion
  /** The check in plain words; for what nobody can decide, that. */
  readonly sentence: string
  /** Of what was not judged: inconclusive. */
  readonly verdict: Verdict
  /** `another-profile`: this one has no time for it, and says nothing of it either way. */
  readonly how: 'judged' | 'skipped' | 'undecidable' | 'another-profile'
}

export interface GateJudgement {
  readonly phase: string
  readonly title: string
  readonly profile: Profile
  /** Of the blocking criteria alone, those that the profile has the time for. */
  readonly verdict: Verdict
  /** One sentence for the whole phase. */
  readonly because: string
  /** The three most important findings that keep it from being ready; none when it is. */
  readonly reasons: readonly GateFinding[]
  /** In the order of the phase. */
  readonly findings: readonly GateFinding[]
}

/** What a run comes to: that of the phases it was made for, which say which of its drills decide; of the drills where it was made for none. */
export function overallOf(judgement: Judgement, gates: readonly GateJudgement[]): Pick<Judgement, 'verdict' | 'because'> {
  if (gates.length === 0) return judgement
  return { verdict: worst(gates.map(({ verdict }) => verdict)), because: gates.map(({ phase, because }) => `${phase}: ${because}`).join('; ') }
}
