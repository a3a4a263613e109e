// What a gate found, as Markdown: the verdict and its reasons first, then claim by claim what was said, measured and decided.
import type { EntryOf } from '../model/entry.ts'
import type { GateFinding, GateJudgement } from '../model/gate-finding.ts'
import { stateOf } from './gate-words.ts'
import { gateCommandOf } from './html/commands.ts'
import { plain, table } from './markdown-table.ts'
import { MEANING, pointer } from './words.ts'

type Opened = Pick<EntryOf<'run-opened'>, 'command' | 'acceleration'>

const AS_IT_WAS = { criterion: { id: 'ID', profile: 'smoke' }, how: 'judged' } as const

export function renderGateMarkdown(judgement: GateJudgement, opened: Opened): string {
  const { phase, title, verdict, because, profile, findings } = judgement
  const judged = findings.filter(({ how }) => how !== 'another-profile' && how !== 'undecidable')
  const weighing = (weight: string) => judged.filter(({ criterion }) => criterion.weight === weight)
  const lines = [
    `# ${MEANING[verdict]}: ${plain(phase)}`,
    '',
    `${plain(title)} Verdict **${verdict}** of the profile ${profile}: ${plain(because)}.`,
    '',
    ...reasonLines(judgement),
    ...section('What decides', weighing('blocking')),
    ...section('What only informs', weighing('advisory')),
    ...section('What no machine can decide here', findings.filter(({ how }) => how === 'undecidable')),
    ...section('What a longer profile decides', findings.filter(({ how }) => how === 'another-profile')),
    '## How to reproduce a line',
    '',
    '```sh',
    `${gateCommandOf(judgement, AS_IT_WAS, opened)}   # ID: the name in its first column`,
    '```',
  ]
  return `${lines.join('\n')}\n`
}

function reasonLines({ reasons }: GateJudgement): readonly string[] {
  if (reasons.length === 0) return []
  const shown = reasons.map((finding, index) => {
    const { criterion, because } = finding
    return `${index + 1}. **${stateOf(finding)}** \`${criterion.id}\`: ${plain(criterion.claim)}  \n   ${plain(because)}${evidenceOf(finding, ' (', ')')}`
  })
  return ['## Why', '', ...shown, '']
}

function section(heading: string, findings: readonly GateFinding[]): readonly string[] {
  if (findings.length === 0) return []
  const rows = findings.map((finding) => {
    const { criterion, sentence, because } = finding
    const numbers = criterion.claims.length === 0 ? '' : ` (claim ${criterion.claims.join(', ')})`
    return [`\`${criterion.id}\``, `**${stateOf(finding)}**`, `${plain(criterion.claim)} *${plain(criterion.source)}${numbers}*`, plain(sentence), plain(because), evidenceOf(finding)]
  })
  return [`## ${heading}`, '', ...table(['criterion', 'verdict', 'claimed', 'asked', 'measured', 'evidence'], rows)]
}

function evidenceOf({ lines }: GateFinding, before = '', after = ''): string {
  return lines.length === 0 ? '' : `${before}\`${pointer(lines)}\`${after}`
}
