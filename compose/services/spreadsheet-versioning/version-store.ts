// Stores and finds versions.
import type { Query } from '../kit/database.ts'
import { differencesOf } from './difference.ts'
import type { Grid } from './grid.ts'
import { leaveLine, nextNumber, takeLine, type Line } from './line.ts'
import { refuse } from './refusals.ts'
import { VERSION, type Version, type VersionDraft } from './version.ts'
import type { VersioningWorld } from './world.ts'

/** A version and its cells. */
export type WithGrid = Version & { readonly grid: Grid }

/** The version with an id; a deleted one is not found. */
export async function versionById(query: Query, id: string): Promise<Version> {
  const sql = `select ${VERSION} from spreadsheet_versioning.versions where id = $1 and status <> 'Deleted'`
  const [row] = await query<Version>(sql, [id])
  return row ?? missing(id)
}

/** The same with its cells. */
export async function gridById(query: Query, id: string): Promise<WithGrid> {
  const sql = `select ${VERSION}, grid from spreadsheet_versioning.versions where id = $1 and status <> 'Deleted'`
  const [row] = await query<WithGrid>(sql, [id])
  return row ?? missing(id)
}

function missing(id: string): never {
  throw refuse('version_not_found', `Version not found: ${id}`)
}

/** Whose version it is, and of which spreadsheet. */
export interface Origin {
  readonly spreadsheet: string
  readonly by: string
}

/** Adds a version to its spreadsheet; 409 when the line has gone on from its parent meanwhile. */
export function createVersion(world: VersioningWorld, draft: VersionDraft, origin: Origin): Promise<Version> {
  return world.database.transaction(async (query) => {
    const line = await takeLine(query, origin.spreadsheet)
    await refuseTwin(query, line, draft)
    if (!world.settings.defects.has('no-version-lock')) refuseOutdated(line, draft)
    const parent = draft.parent_version_id === null ? undefined : await parentOf(query, line, draft.parent_version_id)
    const change_count = differencesOf(parent?.grid ?? [], draft.grid).length
    const number = nextNumber(line, world.settings.maxVersions)
    const version = await insertVersion(query, { ...draft, change_count, number, ...origin })
    const head_version_id = draft.is_branch ? line.head_version_id : version.id
    await leaveLine(query, { ...line, last_number: number, head_version_id })
    const { id, parent_version_id, status } = version
    const payload = { version_id: id, spreadsheet_id: line.id, version_number: number, parent_version_id, status }
    await world.outbox.add(query, { type: 'spreadsheet.version_created', payload, subject: line.id })
    return version
  })
}

async function refuseTwin(query: Query, line: Line, { file_hash }: VersionDraft): Promise<void> {
  const sql = `select version_number from spreadsheet_versioning.versions
    where spreadsheet_id = $1 and file_hash = $2 and status <> 'Deleted' limit 1`
  const [twin] = await query<{ version_number: number }>(sql, [line.id, file_hash])
  if (twin === undefined) return
  const details = `Version already exists: spreadsheet ${line.id} version ${twin.version_number}`
  throw refuse('version_already_exists', details)
}

/** Drafts may stand on any version; the line goes on from its newest only. */
function refuseOutdated({ head_version_id: head }: Line, { is_branch, parent_version_id: parent }: VersionDraft): void {
  if (is_branch || parent === head) return
  const based = parent === null ? 'without a parent' : `on ${parent}`
  const details = `Merge conflict: the version stands ${based}, the newest is ${head ?? 'none'}`
  throw refuse('merge_conflict', details)
}

async function parentOf(query: Query, line: Line, id: string): Promise<WithGrid> {
  const parent = await gridById(query, id)
  return parent.spreadsheet_id === line.id ? parent : missing(id)
}

/** Everything a row is made of. */
export type NewVersion = VersionDraft & Origin & { readonly number: number; readonly change_count: number }

const INSERT = `insert into spreadsheet_versioning.versions (spreadsheet_id, version_number, version_tag, status,
  is_branch, parent_version_id, name, filename, original_filename, file_type, file_size, file_hash, changes_summary,
  change_count, created_by, metadata, grid)
values ($1, $2, $3, case when $4::boolean then 'Draft' else 'Active' end, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
  $14, $15, $16::jsonb)
returning ${VERSION}`

/** Inserts a version into a line that is taken. */
export async function insertVersion(query: Query, wanted: NewVersion): Promise<Version> {
  const place = [wanted.spreadsheet, wanted.number, wanted.version_tag, wanted.is_branch, wanted.parent_version_id]
  const file = [wanted.name, wanted.filename, wanted.original_filename, wanted.file_type, wanted.file_size]
  const content = [wanted.file_hash, wanted.changes_summary, wanted.change_count, wanted.by, wanted.metadata]
  const values = [...place, ...file, ...content, JSON.stringify(wanted.grid)]
  const [row] = await query<Version>(INSERT, values)
  if (row === undefined) throw new Error('the insert returned no row')
  return row
}
