// The summary a terminal shows when a run is over: one line for each drill, and for each finding that is no pass.
import type { JudgedDrill, Judgement } from '../model/finding.ts'
import type { RunRecord } from '../model/record.ts'
import type { Verdict } from '../model/verdict.ts'
import { flat, isWhole, MEANING, pointer, reasonsOf } from './words.ts'
import type { TopReason } from './words.ts'

export { lineFor } from './line-for.ts'

export interface ConsoleOptions {
  /** ANSI colours; plain text when left out. */
  readonly colour?: boolean
}

const COLOUR: Readonly<Record<Verdict, string>> = { pass: '32', fail: '31', inconclusive: '33' }
const WIDTH = 'inconclusive'.length
const INDENT = ' '.repeat(WIDTH + 4)

export function renderConsole(
  record: RunRecord,
  judgement: Judgement,
  { colour = false }: ConsoleOptions = {},
): string {
  const paint = (verdict: Verdict, text: string) => (colour ? `\u001B[${COLOUR[verdict]}m${text}\u001B[0m` : text)
  const word = (verdict: Verdict) => paint(verdict, verdict.toUpperCase().padEnd(WIDTH))
  const reasons = reasonsOf(record, judgement)
  const below = (id: string) =>
    reasons
      .filter(({ drill, what }) => drill === id && what !== '')
      .flatMap((reason) => [
        `  ${word(reason.verdict)}  ${flat(reason.what)}`,
        `${INDENT}${flat(reason.because)}${where(reason)}`,
      ])
  const lines = [
    ...below(''),
    ...judgement.drills.flatMap((drill) => [
      `${word(drill.verdict)}  ${drill.id}${summary(drill)}`,
      ...below(drill.id),
    ]),
    '',
    `${paint(judgement.verdict, MEANING[judgement.verdict])}: ${flat(judgement.because)} (${briefly(record)})`,
  ]
  return lines.join('\n')
}

/** The floors themselves are in the report. */
function briefly({ opened: { acceleration, floors } }: RunRecord): string {
  if (acceleration === 1) return 'rules as shipped'
  return `accelerated ${acceleration}x${floors.length === 0 ? '' : `, ${floors.length} of its intervals at their floor`}`
}

function where({ lines }: TopReason): string {
  return lines.length === 0 ? '' : ` (${pointer(lines)})`
}

/** What a drill that passed has measured, so that a pass says something too; or why a whole drill says nothing. */
function summary({ verdict, because, findings }: JudgedDrill): string {
  if (verdict !== 'pass') return isWhole({ because, findings }) ? `  ${flat(because)}` : ''
  const fired = findings.find(({ criterion }) => criterion.kind === 'alert-fires')
  return fired === undefined ? '' : `  ${flat(fired.because)}`
}
