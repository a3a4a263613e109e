// What a gate found, for a terminal: one line for each criterion, the claim and what was measured for each that is no pass.
import type { GateFinding, GateJudgement } from '../model/gate-finding.ts'
import type { RunRecord } from '../model/record.ts'
import type { ConsoleOptions } from './console.ts'
import { stateOf } from './gate-words.ts'
import type { GateState } from './gate-words.ts'
import { flat, MEANING, pointer } from './words.ts'

const COLOUR: Readonly<Record<GateState, string>> = { pass: '32', fail: '31', inconclusive: '33', skipped: '33', undecidable: '90', later: '90' }
const WIDTH = 'inconclusive'.length

/** All phases that a run was made for; before them what went wrong in the run itself. */
export function renderGates({ failures }: Pick<RunRecord, 'failures'>, gates: readonly GateJudgement[], options: ConsoleOptions = {}): string {
  const broken = failures.map(({ step, message, hint }) => flat(`${step} failed: ${message}. To do: ${hint}`))
  return [...broken, ...gates.map((gate) => renderGateConsole(gate, options))].join('\n\n')
}

export function renderGateConsole(judgement: GateJudgement, { colour = false }: ConsoleOptions = {}): string {
  const paint = (state: GateState, text: string) => (colour ? `\u001B[${COLOUR[state]}m${text}\u001B[0m` : text)
  const word = (finding: GateFinding) => paint(stateOf(finding), stateOf(finding).toUpperCase().padEnd(WIDTH))
  const line = (finding: GateFinding) => [`${word(finding)}  ${nameOf(finding)}${said(finding)}`, ...detail(finding)].join('\n')
  const { phase, verdict, because, profile, reasons, findings } = judgement
  const alike = leftOutTogether(findings)
  return [
    ...findings.filter((finding) => !alike.has(finding.because)).map(line),
    ...[...alike].map(([why, amount]) => `${paint('skipped', 'SKIPPED'.padEnd(WIDTH))}  ${amount} criteria  ${flat(why)}`),
    '',
    ...reasons.map(({ criterion, because: why }, index) => `${index + 1}. ${criterion.id}: ${flat(why)}`),
    ...(reasons.length === 0 ? [] : ['']),
    `${paint(verdict, `${MEANING[verdict]}: ${phase}`)} (${profile}): ${flat(because)}`,
  ].join('\n')
}

/** From how many on what was left out for one reason takes one line. */
const MANY = 4

/** Reason -> how many were left out for it, where it is many. */
function leftOutTogether(findings: readonly GateFinding[]): ReadonlyMap<string, number> {
  const reasons = Map.groupBy(findings.filter(({ how }) => how === 'skipped'), ({ because }) => because)
  return new Map([...reasons].flatMap(([why, all]) => (all.length < MANY ? [] : [[why, all.length] as const])))
}

function nameOf({ criterion: { id, weight } }: GateFinding): string {
  return weight === 'advisory' ? `${id} (advisory)` : id
}

/** A pass, or what was not judged, has room on its line. */
function said(finding: GateFinding): string {
  return open(finding) ? '' : `  ${flat(finding.because)}`
}

function detail(finding: GateFinding): readonly string[] {
  if (!open(finding)) return []
  const { criterion, sentence, because, lines } = finding
  const indent = ' '.repeat(WIDTH + 2)
  return [
    `${indent}claimed:  ${flat(criterion.claim)} [${flat(criterion.source)}]`,
    `${indent}asked:    ${flat(sentence)}`,
    `${indent}measured: ${flat(because)}${lines.length === 0 ? '' : ` (${pointer(lines)})`}`,
  ]
}

function open(finding: GateFinding): boolean {
  return ['fail', 'inconclusive'].includes(stateOf(finding))
}
