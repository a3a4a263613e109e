// Reads and writes sample sheets; a sheet that a job relies on can be neither changed nor deleted.
import type { Query } from '../kit/database.ts'
import type { Page } from '../kit/query.ts'
import { NEEDS_SHEET } from './job-status.ts'
import type { Platform } from './platforms.ts'
import { refuse } from './refusals.ts'
import type { SheetChange, SheetDraft } from './sheet-draft.ts'
import type { SheetRow, SheetValidation } from './sheet-row.ts'
import { judgeSheet } from './sheet-rules.ts'
import type { SequencingWorld } from './world.ts'

const INSERT = `insert into sequencing.sample_sheets (name, platform_id, samples_data, metadata, created_by)
values ($1, $2, $3, coalesce($4::jsonb, '{}'), $5) returning *`
const UPDATE = `update sequencing.sample_sheets set name = coalesce($2, name),
  samples_data = coalesce($3::jsonb, samples_data), metadata = coalesce($4::jsonb, metadata),
  status = case when $5 then 'archived' when $3 is not null then 'draft' else status end,
  validation = case when $3 is not null then null else validation end, updated_at = now()
where id = $1 returning *`
const JUDGED = `update sequencing.sample_sheets set validation = $2, status = $3, updated_at = now()
where id = $1 returning *`

/** The sheet with an id. */
export async function sheetById(query: Query, id: string): Promise<SheetRow> {
  const [row] = await query<SheetRow>('select * from sequencing.sample_sheets where id = $1', [id])
  return row ?? sheetNotFound(id)
}

/** Stores a new draft. */
export async function createSheet({ database }: SequencingWorld, draft: SheetDraft, by: string): Promise<SheetRow> {
  const { name, platform_id, samples, metadata } = draft
  const [row] = await database.query<SheetRow>(INSERT, [name, platform_id, JSON.stringify(samples), metadata, by])
  if (row === undefined) throw new Error('the insert returned no row')
  return row
}

/** Each filter may be null. */
export interface SheetWish {
  readonly platform: Platform | null
  readonly status: string | null
}

/** A sheet within a list, its samples only counted. */
export type ListedSheet = Omit<SheetRow, 'samples_data'> & { readonly sample_count: number }

const FILTERS = 'where ($1::text is null or platform_id = $1) and ($2::text is null or status = $2)'
const PAGE = `select id, name, platform_id, version, status, metadata, validation, created_by, created_at, updated_at,
  jsonb_array_length(samples_data) as sample_count
from sequencing.sample_sheets ${FILTERS} order by created_at desc, id limit $3 offset $4`

/** One page of sheets, newest first, and how many there are. */
export async function listSheets(query: Query, wish: SheetWish, page: Page): Promise<[ListedSheet[], number]> {
  const filters = [wish.platform, wish.status]
  const sql = `select count(*)::int as total from sequencing.sample_sheets ${FILTERS}`
  const [count] = await query<{ total: number }>(sql, filters)
  return [await query<ListedSheet>(PAGE, [...filters, page.size, page.offset]), count?.total ?? 0]
}

/** Stores what a client changed; other samples make it a draft again. */
export function updateSheet({ database }: SequencingWorld, id: string, change: SheetChange): Promise<SheetRow> {
  const { name, samples, metadata, archived } = change
  return database.transaction(async (query) => {
    await lockUnused(query, id)
    const values = [id, name, samples && JSON.stringify(samples), metadata, archived]
    return first(await query<SheetRow>(UPDATE, values), id)
  })
}

/** Judges a sheet as it is stored and keeps the verdict with it. */
export function validateSheet({ database }: SequencingWorld, id: string, by: string): Promise<SheetRow> {
  return database.transaction(async (query) => {
    const { samples_data } = await lockSheet(query, id)
    const verdict = judgeSheet(samples_data)
    const is_valid = verdict.errors.length === 0
    const validation: SheetValidation = {
      is_valid,
      ...verdict,
      validated_at: new Date().toISOString(),
      validated_by: by,
    }
    return first(await query<SheetRow>(JUDGED, [id, validation, is_valid ? 'validated' : 'invalid']), id)
  })
}

/** Deletes a sheet that no job relies on. */
export function deleteSheet({ database }: SequencingWorld, id: string): Promise<SheetRow> {
  return database.transaction(async (query) => {
    await lockUnused(query, id)
    return first(await query<SheetRow>('delete from sequencing.sample_sheets where id = $1 returning *', [id]), id)
  })
}

/** Jobs hold the sheet before they begin to rely on it, so that what is counted here cannot change. */
async function lockUnused(query: Query, id: string): Promise<void> {
  await lockSheet(query, id)
  const sql = 'select count(*)::int as active from sequencing.jobs where sample_sheet_id = $1 and status = any($2)'
  const [jobs] = await query<{ active: number }>(sql, [id, NEEDS_SHEET])
  if ((jobs?.active ?? 0) > 0) throw refuse('in_use', `Sample sheet in use by ${jobs?.active} active jobs`)
}

async function lockSheet(query: Query, id: string): Promise<SheetRow> {
  return first(await query<SheetRow>('select * from sequencing.sample_sheets where id = $1 for update', [id]), id)
}

function first([row]: readonly SheetRow[], id: string): SheetRow {
  return row ?? sheetNotFound(id)
}

function sheetNotFound(id: string): never {
  throw refuse('not_found', `Sample sheet not found: ${id}`)
}
