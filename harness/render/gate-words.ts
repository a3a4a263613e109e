// The words that renderings of a gate share.
import type { GateFinding } from '../model/gate-finding.ts'
import type { Verdict } from '../model/verdict.ts'

export type GateState = Verdict | 'skipped' | 'undecidable' | 'later'

/** The verdict, or why there is none. */
export function stateOf({ how, verdict }: Pick<GateFinding, 'how' | 'verdict'>): GateState {
  if (how === 'judged') return verdict
  return how === 'another-profile' ? 'later' : how
}
