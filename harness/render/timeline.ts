// A drill at a glance, in plain text: phases, faults, what users got, alerts and deliveries on one axis.
import { humanDuration } from '../model/duration.ts'
import type { Window } from '../model/evidence.ts'
import { wordOf } from '../model/fault.ts'
import { evidenceOf } from '../model/record.ts'
import type { DrillRecord } from '../model/record.ts'
import { alertTracks, receiverTracks, spanOf } from './tracks.ts'

const COLUMNS = 72
const MOST_ROWS = 16
const MOST_LABEL = 44
const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const
const LEGEND =
  'b baseline, F fault, r recovery; ░ pending, █ firing or applied; ▲ told, ▽ told resolved; users: good answers'

interface Mark {
  readonly from: number
  readonly to: number
  readonly sign: string
}

interface Row {
  readonly label: string
  readonly marks: readonly Mark[]
}

/** Undefined for a drill that never reached its baseline. */
export function timelineOf(record: DrillRecord): string | undefined {
  const axis = spanOf(record)
  if (axis === undefined) return undefined
  const rows = [
    phaseRow(record),
    ...faultRows(record),
    ...userRow(record, axis),
    ...alertRows(record),
    ...deliveryRows(record),
  ]
  const shown = rows
    .filter(({ marks }) => marks.some((mark) => mark.to >= axis.from && mark.from <= axis.to))
    .slice(0, MOST_ROWS)
  const width = Math.min(MOST_LABEL, Math.max(...shown.map(({ label }) => label.length)))
  const end = humanDuration(axis.to - axis.from)
  const head = `${' '.repeat(width)}  0 s${end.padStart(COLUMNS - 3)}`
  return [head, ...shown.map(({ label, marks }) => `${fit(label, width)}  ${draw(marks, axis)}`), LEGEND].join('\n')
}

function fit(label: string, width: number): string {
  return label.length > width ? `${label.slice(0, width - 1)}…` : label.padEnd(width)
}

function draw(marks: readonly Mark[], axis: Window): string {
  const cells: string[] = Array.from({ length: COLUMNS }, () => ' ')
  const cellOf = (t: number) => Math.floor(((t - axis.from) / (axis.to - axis.from)) * COLUMNS)
  for (const { from, to, sign } of marks) {
    if (to < axis.from || from > axis.to) continue
    const last = Math.min(COLUMNS - 1, cellOf(to))
    for (let cell = Math.min(last, Math.max(0, cellOf(from))); cell <= last; cell += 1) cells[cell] = sign
  }
  return cells.join('').trimEnd()
}

function phaseRow({ phases: { baseline, fault, recovery } }: DrillRecord): Row {
  const mark = (window: Window | undefined, sign: string) => (window === undefined ? [] : [{ ...window, sign }])
  return { label: 'phase', marks: [...mark(baseline, 'b'), ...mark(fault, 'F'), ...mark(recovery, 'r')] }
}

function faultRows({ faults, phases }: DrillRecord): readonly Row[] {
  return faults.flatMap(({ fault, target, appliedAt, revertedAt }) => {
    if (appliedAt === undefined) return []
    const to = revertedAt ?? phases.recovery?.to ?? phases.fault?.to ?? appliedAt
    return [{ label: `${wordOf(fault)} on ${target}`, marks: [{ from: appliedAt, to, sign: '█' }] }]
  })
}

/** The share of good outcomes in each column. */
function userRow(record: DrillRecord, axis: Window): readonly Row[] {
  const buckets = evidenceOf(record, 'load').flatMap(({ evidence }) => evidence.value.buckets)
  const step = (axis.to - axis.from) / COLUMNS
  const cells = Map.groupBy(buckets, ({ t }) => Math.floor((t - axis.from) / step))
  const marks = [...cells].flatMap(([cell, own]) => {
    const good = own.reduce((sum, bucket) => sum + bucket.good, 0)
    const all = own.reduce((sum, { good: right, bad, unknown }) => sum + right + bad + unknown, 0)
    const from = axis.from + (cell + 0.5) * step
    return all === 0 ? [] : [{ from, to: from, sign: BARS[Math.round((good / all) * (BARS.length - 1))] ?? ' ' }]
  })
  return marks.length === 0 ? [] : [{ label: 'users', marks }]
}

function alertRows(record: DrillRecord): readonly Row[] {
  const signs = { pending: '░', firing: '█' } as const
  return alertTracks(record).map(({ label, stretches }) => ({ label, marks: stretches.map(({ state, ...window }) => ({ ...window, sign: signs[state] })) }))
}

function deliveryRows(record: DrillRecord): readonly Row[] {
  const signs = { firing: '▲', resolved: '▽' } as const
  return receiverTracks(record).map(({ label, told }) => ({ label: `told ${label}`, marks: told.map(({ at, status }) => ({ from: at, to: at, sign: signs[status] })) }))
}
