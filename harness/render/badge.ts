// The verdict of a run as a badge, in the words of https://shields.io/badges/endpoint-badge.
import type { Judgement } from '../model/finding.ts'
import { overallOf } from '../model/gate-finding.ts'
import type { GateJudgement } from '../model/gate-finding.ts'
import type { Verdict } from '../model/verdict.ts'
import { MEANING } from './words.ts'

const COLOUR: Readonly<Record<Verdict, string>> = { pass: 'brightgreen', fail: 'red', inconclusive: 'yellow' }

export function renderBadge(judgement: Judgement, gates: readonly GateJudgement[]): string {
  const { verdict } = overallOf(judgement, gates)
  const label = gates.length === 0 ? 'drills' : gates.map(({ phase }) => phase).join(', ')
  return `${JSON.stringify({ schemaVersion: 1, label, message: MEANING[verdict].toLowerCase(), color: COLOUR[verdict], isError: verdict === 'fail' })}\n`
}
