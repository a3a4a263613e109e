// Conflicts between two versions: kept until somebody settles them.
import type { Query } from '../kit/database.ts'
import { cellAt } from './grid.ts'
import type { CellConflict, Settle } from './merge.ts'
import { refuse } from './refusals.ts'
import type { WithGrid } from './version-store.ts'

/** How a conflict can be settled. */
export const STRATEGIES = ['version_a', 'version_b', 'base', 'custom'] as const

/** One cell's conflict, in a row of spreadsheet_versioning.conflicts. */
export interface Conflict {
  readonly id: string
  readonly base_version_id: string
  readonly version_a_id: string
  readonly version_b_id: string
  readonly row_index: number
  readonly column_index: number
  readonly value_a: string | null
  readonly value_b: string | null
  readonly base_value: string | null
  readonly status: 'Pending' | 'Resolved'
  readonly resolution_strategy: (typeof STRATEGIES)[number] | null
  readonly resolved_value: string | null
}

/** Two versions and the one both began as. */
export interface Trio {
  readonly base: WithGrid
  readonly a: WithGrid
  readonly b: WithGrid
}

/** More conflicts than this are not kept; nobody would settle them one by one. */
const MOST = 1000

/** The conflicts of a trio that are kept, in the order of their cells. */
export function conflictsOf(query: Query, { base, a, b }: Trio): Promise<Conflict[]> {
  const sql = `select * from spreadsheet_versioning.conflicts
    where base_version_id = $1 and version_a_id = $2 and version_b_id = $3
    order by row_index, column_index limit ${MOST}`
  return query<Conflict>(sql, [base.id, a.id, b.id])
}

const KEEP = `insert into spreadsheet_versioning.conflicts (base_version_id, version_a_id, version_b_id, row_index,
  column_index, column_name, base_value, value_a, value_b)
select $1, $2, $3, * from unnest($4::integer[], $5::integer[], $6::text[], $7::text[], $8::text[], $9::text[])
on conflict (base_version_id, version_a_id, version_b_id, row_index, column_index) do nothing`

/** Keeps the conflicts of a trio; those that are kept already stay as they are. */
export async function keepConflicts(query: Query, trio: Trio, cells: readonly CellConflict[]): Promise<void> {
  if (cells.length > MOST) {
    throw refuse('validation_error', `The versions have ${cells.length} conflicts, at most ${MOST} can be kept`)
  }
  const { base, a, b } = trio
  const columns = [
    cells.map(({ row }) => row),
    cells.map(({ column }) => column),
    // The first row names the columns.
    cells.map(({ column }) => cellAt(b.grid, 0, column) ?? cellAt(a.grid, 0, column)),
    cells.map((cell) => cell.base),
    cells.map((cell) => cell.a),
    cells.map((cell) => cell.b),
  ]
  await query(KEEP, [base.id, a.id, b.id, ...columns])
}

/** Settles cells as the conflicts that were resolved say. */
export function settledBy(conflicts: readonly Conflict[]): Settle {
  const resolved = conflicts.filter(({ status }) => status === 'Resolved')
  const values = new Map(resolved.map((one) => [`${one.row_index}:${one.column_index}`, one.resolved_value]))
  return ({ row, column }) => values.get(`${row}:${column}`)
}

/** What somebody decided about a conflict. */
export interface Resolution {
  readonly id: string
  readonly strategy: (typeof STRATEGIES)[number]
  /** The value of a custom one. */
  readonly value: string | null
  readonly notes: string | null
  readonly by: string
}

/** Of many who decide at the same time one does. */
const RESOLVE = `update spreadsheet_versioning.conflicts
set status = 'Resolved', resolution_strategy = $2::text, resolution_notes = $4, resolved_by = $5, resolved_at = now(),
  updated_at = now(),
  resolved_value = case $2::text when 'version_a' then value_a when 'version_b' then value_b when 'base' then base_value
    else $3::text end
where id = $1 and status = 'Pending' returning *`

/** Settles a conflict; 400 when it is settled already. */
export async function resolveConflict(query: Query, resolution: Resolution): Promise<Conflict> {
  const { id, strategy, value, notes, by } = resolution
  const [conflict] = await query<Conflict>(RESOLVE, [id, strategy, value, notes, by])
  if (conflict !== undefined) return conflict
  await conflictById(query, id)
  throw refuse('conflict_resolution_error', `Conflict ${id} is resolved already`)
}

/** The conflict with an id. */
export async function conflictById(query: Query, id: string): Promise<Conflict> {
  const [conflict] = await query<Conflict>('select * from spreadsheet_versioning.conflicts where id = $1', [id])
  if (conflict === undefined) throw refuse('conflict_not_found', `Conflict not found: ${id}`)
  return conflict
}
