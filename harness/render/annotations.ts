// What a gate found, as GitHub shows it beside a run: an error for each criterion that keeps the phase from being ready.
import type { GateFinding, GateJudgement } from '../model/gate-finding.ts'
import type { Judgement } from '../model/finding.ts'
import { stateOf } from './gate-words.ts'
import { flat, MEANING, pointer } from './words.ts'

/** GitHub shows ten of a kind in one step. */
const MOST = 9

export function renderAnnotations(gates: readonly GateJudgement[], { verdict, because }: Pick<Judgement, 'verdict' | 'because'>): readonly string[] {
  const open = gates.flatMap((gate) => gate.findings.filter(({ criterion, how, verdict: came }) => criterion.weight === 'blocking' && how !== 'another-profile' && came !== 'pass').map((finding) => ({ gate, finding })))
  const sorted = [...open.filter(({ finding }) => finding.verdict === 'fail'), ...open.filter(({ finding }) => finding.verdict !== 'fail')]
  const whole = command(verdict === 'pass' ? 'notice' : 'error', MEANING[verdict], because)
  return [...sorted.slice(0, MOST).map(({ gate, finding }) => command('error', titleOf(gate, finding), sayFinding(finding))), whole]
}

function titleOf({ phase }: GateJudgement, finding: GateFinding): string {
  return `${phase} ${finding.criterion.id}: ${stateOf(finding)}`
}

function sayFinding({ criterion, because, lines }: GateFinding): string {
  return `${criterion.claim} ${because}${lines.length === 0 ? '' : ` (${pointer(lines)})`}`
}

/** Its own escapes: of everything in the message, and in a property also of what ends it. */
function command(level: 'error' | 'notice', title: string, message: string): string {
  const escaped = (text: string) => flat(text).replaceAll('%', '%25')
  return `::${level} title=${escaped(title).replaceAll(':', '%3A').replaceAll(',', '%2C')}::${escaped(message)}`
}
