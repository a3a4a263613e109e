// What a laboratory asks of spreadsheet versioning through the gateway: versions, differences, conflicts and merges.
import { get, post } from './desk.ts'
import type { Desk } from './desk.ts'
import { aFilledList, aTime, aUuid, contested, granted, refused } from './expectation.ts'
import type { Wanted } from './expectation.ts'
import type { Ask } from './operation.ts'

/** A version to be brought; `tag` is how the client knows it before it has an id. */
export interface Draft {
  readonly sheet: string
  readonly tag: string
  readonly file: string
  /** The version it stands on; none for the first. */
  readonly parent?: string
}

/** Two versions and the one that both stand on. */
export interface Fork {
  readonly base: string
  readonly source: string
  readonly target: string
}

const VERSIONS = '/api/versions'
const CONFLICTS = '/api/conflicts'
const CONFLICT = { error: 'merge_conflict' }

/** The first version of a spreadsheet. */
export function begin(desk: Desk, draft: Draft): Ask {
  return { op: 'spreadsheet.begin', ...brought(desk, draft), expect: granted(standing(draft, 'Active')) }
}

/** Of several versions on one parent one is taken; the others are told that the line has gone on. */
export function goOn(desk: Desk, draft: Draft): Ask {
  const expect = contested({ version_number: 2, ...standing(draft, 'Active') }, 409, CONFLICT)
  return { op: 'spreadsheet.go-on', ...brought(desk, draft), expect }
}

/** Beside the line, on whatever version. */
export function setAside(desk: Desk, draft: Draft): Ask {
  const expect = granted(standing(draft, 'Draft'))
  return { op: 'spreadsheet.set-aside', ...brought(desk, draft, { draft: true }), expect }
}

/** On a version that is the newest no more. */
export function goOnLate(desk: Desk, draft: Draft): Ask {
  return { op: 'spreadsheet.go-on-late', ...brought(desk, draft), expect: refused(409, CONFLICT) }
}

/** What is there already, whatever it is called. */
export function bringAgain(desk: Desk, draft: Draft): Ask {
  const expect = refused(409, { error: 'version_already_exists' })
  return { op: 'spreadsheet.bring-again', ...brought(desk, draft), expect }
}

/** Newest first; `wanted` says which. */
export function list(desk: Desk, sheet: string, wanted: Wanted): Ask {
  return { op: 'spreadsheet.list', ...get(desk, `/api/spreadsheets/${sheet}/versions`), expect: granted(wanted) }
}

export function byId(desk: Desk, id: string, wanted: Wanted): Ask {
  return { op: 'spreadsheet.get', ...get(desk, `${VERSIONS}/${id}`), expect: granted({ id, ...wanted }) }
}

/** The cells, by row and column: `{'1.1': '5'}`. */
export function cells(desk: Desk, id: string, wanted: Readonly<Record<string, string>>): Ask {
  const rows = Object.entries(wanted).map(([cell, value]) => [`sheets.0.rows.${cell}`, value])
  const expect = granted({ version_id: id, ...Object.fromEntries(rows) })
  return { op: 'spreadsheet.cells', ...get(desk, `${VERSIONS}/${id}/data`), expect }
}

export function compare(desk: Desk, { from, to }: { readonly from: string; readonly to: string }, wanted: Wanted): Ask {
  const body = { from_version_id: from, to_version_id: to }
  const same = { 'from_version.id': from, 'to_version.id': to, truncated: false }
  return { op: 'spreadsheet.compare', ...post(desk, '/api/diff/compare', body), expect: granted({ ...same, ...wanted }) }
}

/** Where two versions changed the same cell. */
export function findConflicts(desk: Desk, { base, source, target }: Fork, wanted: Wanted): Ask {
  const body = { base_version_id: base, version_a_id: source, version_b_id: target }
  const expect = granted({ '0.id': aUuid, '0.status': 'Pending', ...wanted })
  return { op: 'spreadsheet.find-conflicts', ...post(desk, '/api/diff/conflicts', body), expect }
}

export function openConflicts(desk: Desk): Ask {
  const expect = granted({ conflicts: aFilledList, 'conflicts.0.status': 'Pending' })
  return { op: 'spreadsheet.open-conflicts', ...get(desk, `${CONFLICTS}?status=Pending&limit=5`), expect }
}

/** Not before its conflicts are resolved. */
export function mergeEarly(desk: Desk, fork: Fork): Ask {
  return { op: 'spreadsheet.merge-early', ...merging(desk, fork), expect: refused(409, CONFLICT) }
}

/** The source goes into the line, as its newest version. */
export function merge(desk: Desk, fork: Fork): Ask {
  const expect = granted({ merged_version_id: aUuid, 'merge_summary.conflicts_resolved': 1, merged_at: aTime })
  return { op: 'spreadsheet.merge', ...merging(desk, fork), expect }
}

/** Of several who decide a conflict one does. */
export function resolve(desk: Desk, conflict: string, strategy: string): Ask {
  const decided = { id: conflict, status: 'Resolved', resolution_strategy: strategy }
  const expect = contested(decided, 400, { error: 'conflict_resolution_error' })
  const body = { resolution_strategy: strategy }
  return { op: 'spreadsheet.resolve', ...post(desk, `${CONFLICTS}/${conflict}/resolve`, body), expect }
}

export function conflictById(desk: Desk, id: string, wanted: Wanted): Ask {
  return { op: 'spreadsheet.conflict', ...get(desk, `${CONFLICTS}/${id}`), expect: granted({ id, ...wanted }) }
}

function brought(desk: Desk, { sheet, tag, file, parent }: Draft, more: object = {}) {
  const name = { name: 'plate', filename: 'plate.csv', file_type: 'csv', version_tag: tag }
  const body = { ...name, file_data: file, parent_version_id: parent, ...more }
  const write = { store: 'spreadsheet-versions', key: tag }
  return { ...post(desk, `/api/spreadsheets/${sheet}/versions`, body), write }
}

function standing({ sheet, tag, parent }: Draft, status: string): Wanted {
  return { id: aUuid, spreadsheet_id: sheet, version_tag: tag, parent_version_id: parent ?? null, status }
}

function merging(desk: Desk, { source, target }: Fork) {
  const body = { source_version_id: source, target_version_id: target }
  return { ...post(desk, '/api/diff/merge', body), write: { store: 'spreadsheet-merges', key: source } }
}
