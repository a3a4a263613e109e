// The report for people: the verdict and its reasons first, then what each drill did, saw and measured.
import type { Judgement } from '../model/finding.ts'
import type { GateJudgement } from '../model/gate-finding.ts'
import type { RunRecord } from '../model/record.ts'
import { edgeMatrix } from './edge-matrix.ts'
import { renderGateMarkdown } from './gate.ts'
import { drillSection } from './markdown-drill.ts'
import { plain, table } from './markdown-table.ts'
import { ruleMap } from './rule-map.ts'
import { duration, endOfRun, fidelity, iso, MEANING, pointer, reasonsOf } from './words.ts'

const MOST_REASONS = 10

/** The phases that the run was made for come first: they say which of its drills decide. */
export function renderMarkdown(record: RunRecord, judgement: Judgement, gates: readonly GateJudgement[] = []): string {
  const lines = [
    ...gates.map((gate) => renderGateMarkdown(gate, record.opened)),
    ...heading(record, judgement, gates.length > 0),
    ...reasons(record, judgement),
    ...overview(judgement),
    ...edgeMatrix(record, judgement),
    ...ruleMap(record, judgement),
    ...judgement.drills.flatMap((drill) => drillSection(drill, record)),
    ...environment(record),
    ...reproduction(record),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

function heading(record: RunRecord, { verdict, because }: Judgement, beneath: boolean): readonly string[] {
  const { opened, tornLines } = record
  const end = endOfRun(record)
  const when = `${iso(opened.at)} to ${iso(end)} (${duration(end - opened.at)})`
  return [
    `# ${beneath ? 'The run behind it' : MEANING[verdict]}: ${plain(because)}`,
    '',
    `Verdict **${verdict}** of ${beneath ? 'all drills of ' : ''}run \`${opened.run}\`, ${when}. Fidelity: **${plain(fidelity(record))}**.`,
    ...(tornLines === 0 ? [] : ['', 'The last line of the journal is torn: the harness was killed while it wrote.']),
    '',
  ]
}

function reasons(record: RunRecord, judgement: Judgement): readonly string[] {
  const all = reasonsOf(record, judgement)
  if (all.length === 0) return []
  const more = all.length > MOST_REASONS ? [`${all.length - MOST_REASONS} more below.`, ''] : []
  const shown = all.slice(0, MOST_REASONS).map(({ verdict, drill, what, because, lines }, index) => {
    const where = lines.length === 0 ? '' : ` (\`${pointer(lines)}\`)`
    const name = plain([drill, what].filter(Boolean).join(': '))
    return `${index + 1}. **${verdict}** ${name}  \n   ${plain(because)}${where}`
  })
  return ['## Why', '', ...shown, '', ...more]
}

function overview({ drills }: Judgement): readonly string[] {
  const rows = drills.map(({ id, title, verdict, because }) => [
    `**${verdict}**`,
    plain(id),
    plain(title),
    plain(because),
  ])
  return rows.length === 0 ? [] : ['## Drills', '', ...table(['verdict', 'drill', 'question', 'answer'], rows)]
}

function environment({ opened, drills }: RunRecord): readonly string[] {
  const pairs = (record: Readonly<Record<string, string>>) =>
    Object.entries(record).map(([name, value]) => [plain(name), `\`${value}\``])
  const facts = [
    ['runtime', `\`${opened.runtime}\``],
    ['drills', `${drills.length} of ${opened.drills.length} opened`],
    ...pairs(opened.machine),
    ...pairs(opened.versions),
    ...pairs(opened.digests),
  ]
  const floors = opened.floors.map(({ what, wanted, used }) => [plain(what), wanted, used])
  return [
    '## Environment',
    '',
    ...table(['what', 'value'], facts),
    ...(floors.length === 0
      ? []
      : ['Floors that bound the acceleration:', '', ...table(['what', 'wanted', 'used'], floors)]),
  ]
}

function reproduction({ opened }: RunRecord): readonly string[] {
  const again = `harness report ${opened.run}   # judges the same journal again`
  return ['## How to reproduce', '', '```sh', opened.command, again, '```']
}
