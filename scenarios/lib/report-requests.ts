// What a laboratory asks of the reports service through the gateway, and what it promises to answer.
import { get, post } from './desk.ts'
import type { Desk } from './desk.ts'
import { aCount, aTime, aUuid, granted, refused, textAt } from './expectation.ts'
import type { Wanted } from './expectation.ts'
import type { Ask } from './operation.ts'

const REPORTS = '/api/reports'
const KINDS = ['sample_summary', 'storage_utilization', 'quality_trends', 'custom'] as const
/** Rows whose sums are known. */
const ROWS = [
  { type: 'DNA', volume: 3 },
  { type: 'DNA', volume: 5 },
  { type: 'RNA, total', volume: 7 },
]

/** What can be asked for. */
export function definitions(desk: Desk): Ask {
  const kinds = Object.fromEntries(KINDS.map((kind, at) => [`templates.${at}.id`, kind]))
  const expect = granted({ success: true, total: KINDS.length, ...kinds })
  return { op: 'report.definitions', ...get(desk, `${REPORTS}/templates`), expect }
}

export interface Wish {
  readonly title: string
  readonly report_type: string
  readonly format?: 'json' | 'csv'
  readonly rows?: readonly object[]
}

/** A report made of what is sent along. */
export function ownRows(title: string, format: 'json' | 'csv'): Wish {
  return { title, report_type: 'custom', format, rows: ROWS }
}

/** A report made of what another service knows: of each in its turn. */
export function ofAnother(title: string, turn: number): Wish {
  return { title, report_type: KINDS[turn % 3] ?? 'custom' }
}

/** Taken down at once, and made later. */
export function generate(desk: Desk, wish: Wish): Ask {
  const expect = granted({ success: true, id: aUuid, status: 'generating' })
  const write = { store: 'reports', key: wish.title }
  return { op: 'report.generate', ...post(desk, `${REPORTS}/generate`, wish), expect, write }
}

/** More rows than one report may be sent: refused, and not taken down. */
export function generateTooMuch(desk: Desk, title: string): Ask {
  const rows = Array.from({ length: 1_001 }, () => ({}))
  const expect = refused(400, { success: false, error: 'validation_error' })
  const write = { store: 'reports', key: title }
  const asked = post(desk, `${REPORTS}/generate`, { title, report_type: 'custom', rows })
  return { op: 'report.generate-too-much', ...asked, expect, write }
}

/** A look at a report that may still be in the making, or that must be made by now. */
export function look(desk: Desk, id: string, by: 'now' | 'later'): Ask {
  const wanted: Wanted = by === 'later' ? { status: madeOrInTheMaking } : { status: 'completed', completed_at: aTime }
  return { op: 'report.look', ...get(desk, `${REPORTS}/${id}`), expect: granted({ success: true, id, ...wanted }) }
}

/** A report that failed is no good look, and one that is still in the making is not yet a made one. */
export function madeOrInTheMaking(value: unknown): boolean {
  return value === 'completed' || value === 'generating'
}

export function isMade(body: unknown): boolean {
  return textAt(body, 'status') === 'completed'
}

export function content(desk: Desk, id: string, wanted: Wanted): Ask {
  const expect = granted({ generated_at: aTime, 'summary.row_count': aCount, ...wanted })
  return { op: 'report.content', ...get(desk, `${REPORTS}/${id}/content`), expect }
}

/** What the own rows come to. */
export const OWN_SUMMARY: Wanted = {
  report_type: 'custom',
  'rows.length': ROWS.length,
  'summary.row_count': ROWS.length,
  'summary.numbers.volume.mean': 5,
  'summary.counts.type.DNA': 2,
}

/** The own rows as a table: a line of names, and a line for each row. */
export function exported(desk: Desk, id: string): Ask {
  const wanted = { header: 'type,volume', rows: ROWS.length, last: '"RNA, total",7' }
  return { op: 'report.export', ...get(desk, `${REPORTS}/${id}/content`), read: readTable, expect: granted(wanted) }
}

export function readTable(text: string): unknown {
  const lines = text.split('\r\n')
  return { header: lines[0], rows: lines.length - 2, last: lines.at(-2) }
}

/** The newest reports that are made, among them this one. */
export function recent(desk: Desk, id: string): Ask {
  const reports = function namesTheReport(value: unknown): boolean {
    return Array.isArray(value) && value.some((one) => textAt(one, 'id') === id)
  }
  const path = `${REPORTS}?status=completed&page_size=100`
  return { op: 'report.recent', ...get(desk, path), expect: granted({ success: true, reports }) }
}

/** A report nobody has asked for. */
export function unknown(desk: Desk, id: string): Ask {
  const expect = refused(404, { success: false, error: 'report_not_found' })
  return { op: 'report.unknown', ...get(desk, `${REPORTS}/${id}/content`), expect }
}
