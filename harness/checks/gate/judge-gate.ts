// Folds what was seen into a verdict on a phase: of its blocking criteria, each judged by facts of its own.
import { messageOf } from '../../errors.ts'
import type { GateEvidence } from '../../model/gate-evidence.ts'
import type { GateFinding, GateJudgement } from '../../model/gate-finding.ts'
import { isIn } from '../../model/phase.ts'
import type { GateCriterion, LoadedPhase } from '../../model/phase.ts'
import { worst } from '../../model/verdict.ts'
import type { Verdict } from '../../model/verdict.ts'
import { inconclusive } from '../outcome.ts'
import type { Outcome } from '../outcome.ts'
import { describeCheck, judgeCheck } from './index.ts'

const MOST_REASONS = 3
const UNDECIDABLE = 'no machine can decide it here'

/** Pure, and never throws. What is advisory is told and never turns the verdict; what blocks and was skipped is not proved. */
export function judgeGate(phase: LoadedPhase, evidence: GateEvidence): GateJudgement {
  const findings = phase.criteria.map((criterion) => judgeCriterion(criterion, evidence))
  const blocking = findings.filter(counts)
  const verdict = worst(blocking.map((finding) => finding.verdict))
  const open = (wanted: Verdict) => blocking.filter((finding) => finding.verdict === wanted)
  const unproved = open('inconclusive')
  // whoever left something out knows it
  const reasons = [...open('fail'), ...unproved.filter(({ how }) => how === 'judged'), ...unproved.filter(({ how }) => how !== 'judged')].slice(0, MOST_REASONS)
  return { phase: phase.name, title: phase.title, profile: evidence.profile, verdict, because: sayPhase(findings), reasons, findings }
}

function counts({ criterion, how }: GateFinding): boolean {
  return criterion.weight === 'blocking' && how !== 'another-profile'
}

function judgeCriterion(criterion: GateCriterion, { drills, facts, skipped, profile }: GateEvidence): GateFinding {
  const { id, check, undecidable = '' } = criterion
  if (check === undefined) return { criterion, sentence: UNDECIDABLE, how: 'undecidable', ...inconclusive(undecidable) }
  const sentence = describeCheck(check)
  if (!isIn(criterion, profile)) return { criterion, sentence, how: 'another-profile', ...inconclusive(`decided in the ${criterion.profile} profile`) }
  const left = skipped?.[id]
  if (left !== undefined) return { criterion, sentence, how: 'skipped', ...inconclusive(`left out: ${left}`) }
  const own = facts.filter((fact) => fact.criterion === id)
  return { criterion, sentence, how: 'judged', ...guarded(() => judgeCheck(check, { drills, facts: own })) }
}

function guarded(judge: () => Outcome): Outcome {
  try {
    return judge()
  } catch (thrown) {
    return inconclusive(`the check itself failed: ${messageOf(thrown)}`)
  }
}

function sayPhase(findings: readonly GateFinding[]): string {
  const blocking = findings.filter(counts)
  if (blocking.length === 0) return 'nothing in this phase can keep it from being ready, so nothing makes it ready'
  const advisory = findings.filter(({ criterion, verdict }) => criterion.weight === 'advisory' && verdict === 'fail').length
  const later = findings.filter(({ how }) => how === 'another-profile').length
  const have = (verdict: Verdict) => blocking.filter((finding) => finding.verdict === verdict).length
  const [failed, open] = [have('fail'), have('inconclusive')]
  const parts = [
    ...(failed > 0 ? [`${failed} of ${blocking.length} blocking criteria failed`] : []),
    ...(open > 0 ? [`${open}${failed > 0 ? '' : ` of ${blocking.length} blocking criteria`} not proved`] : []),
    ...(failed + open === 0 ? [`${blocking.length} of ${blocking.length} blocking criteria passed`] : []),
    ...(advisory > 0 ? [`${advisory} advisory failed`] : []),
    ...(later > 0 ? [`${later} left to a longer profile`] : []),
  ]
  return parts.join(', ')
}
