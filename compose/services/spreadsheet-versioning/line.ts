// The line of a spreadsheet's versions, held by one transaction at a time, so that none is put on an outdated parent.
import type { Query } from '../kit/database.ts'
import { refuse } from './refusals.ts'

/** A spreadsheet, locked until the transaction ends; `head` is its newest version, drafts apart. */
export interface Line {
  readonly id: string
  readonly last_number: number
  readonly head_version_id: string | null
}

/** Takes the line of a spreadsheet, which begins with this when there is none yet. */
export async function takeLine(query: Query, id: string): Promise<Line> {
  // An update that changes nothing locks the row, and makes the statement return it.
  const sql = `insert into spreadsheet_versioning.spreadsheets (id, last_number) values ($1, 0)
    on conflict (id) do update set last_number = spreadsheets.last_number
    returning id, last_number, head_version_id`
  const [line] = await query<Line>(sql, [id])
  if (line === undefined) throw new Error('the line could not be taken')
  return line
}

/** Ends what a transaction did to a line: its last number and its newest version. */
export async function leaveLine(query: Query, { id, last_number, head_version_id }: Line): Promise<void> {
  const sql = 'update spreadsheet_versioning.spreadsheets set last_number = $2, head_version_id = $3 where id = $1'
  await query(sql, [id, last_number, head_version_id])
}

/** Refuses a number over the limit. */
export function nextNumber({ last_number }: Line, max: number): number {
  if (last_number < max) return last_number + 1
  throw refuse('max_versions_exceeded', `Maximum versions exceeded: ${max}`)
}
