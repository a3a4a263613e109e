// A judgement of a gate in which everything happens once.
import type { GateFinding, GateJudgement } from '../../model/gate-finding.ts'
import type { GateCriterion } from '../../model/phase.ts'

type Changes = Omit<Partial<GateFinding>, 'criterion'> & { readonly criterion?: Partial<GateCriterion> }

function aFinding(id: string, { criterion, ...changes }: Changes = {}): GateFinding {
  const whole = { id, claims: [], claim: `The shop says ${id}.`, source: 'report', question: 'Is it so?', weight: 'blocking' as const, profile: 'smoke' as const, check: { kind: 'deployed' as const, services: ['web'] }, ...criterion }
  return { criterion: whole, sentence: 'part of the stack: web', verdict: 'pass', how: 'judged', because: 'running: web', times: [], lines: [4], ...changes }
}

const failed = aFinding('shop-pays', { verdict: 'fail', because: 'till | drawer is *not* part of the stack', lines: [5, 6, 9], criterion: { claims: [2, 3] } })
const open = aFinding('shop-counts', { verdict: 'inconclusive', because: 'nobody looked', lines: [] })

export const GATE: GateJudgement = {
  phase: 'phase-1',
  title: 'Is the shop ready for its customers?',
  profile: 'smoke',
  verdict: 'fail',
  because: '1 of 4 blocking criteria failed, 2 not proved, 1 advisory failed, 1 left to a longer profile',
  reasons: [failed, open],
  findings: [
    aFinding('shop-opens', { criterion: { claims: [1] } }),
    failed,
    open,
    aFinding('shop-cleans', { verdict: 'inconclusive', how: 'skipped', because: 'left out: no broom', lines: [] }),
    aFinding('shop-shines', { verdict: 'fail', because: 'lamp is stopped', criterion: { weight: 'advisory' } }),
    aFinding('shop-smells', { verdict: 'inconclusive', how: 'undecidable', sentence: 'no machine can decide it here', because: 'A smell has no figure.', lines: [], criterion: { weight: 'advisory', check: undefined } }),
    aFinding('shop-lasts', { verdict: 'inconclusive', how: 'another-profile', because: 'decided in the nightly profile', lines: [], criterion: { profile: 'nightly' } }),
  ],
}
