// Reads and writes jobs; a change and its event are stored together or not at all.
import type { Query } from '../kit/database.ts'
import type { Page } from '../kit/query.ts'
import type { JobChange, JobDraft, Priority } from './job-draft.ts'
import type { JobRow } from './job-row.ts'
import { isActive, type JobStatus } from './job-status.ts'
import { refuse } from './refusals.ts'
import { ACTIVE_RUN } from './run-status.ts'
import type { SequencingWorld } from './world.ts'

/** A sheet that is being deleted is waited for, so that no job ever begins with one that is gone. */
const SHEET = 'select id from sequencing.sample_sheets where id = $1 for share'
const INSERT = `insert into sequencing.jobs (name, description, priority, platform_id, workflow_id, sample_sheet_id,
  assigned_to, estimated_start, estimated_completion, metadata, created_by)
select $1, $2, $3, $4, id, $6::uuid, $7, $8::timestamptz,
  $8::timestamptz + make_interval(secs => estimated_duration_hours * 3600), coalesce($9::jsonb, '{}'), $10
from sequencing.workflows where id = $5 and is_active returning *`
const CLONE = `insert into sequencing.jobs (name, description, priority, platform_id, workflow_id, sample_sheet_id,
  metadata, created_by)
select left(name, 248) || ' (Copy)', description, priority, platform_id, workflow_id, sample_sheet_id, metadata, $2
from sequencing.jobs where id = $1 returning *`
const UPDATE = `update sequencing.jobs set name = coalesce($2, name), description = coalesce($3, description),
  priority = coalesce($4, priority), assigned_to = coalesce($5, assigned_to),
  estimated_start = coalesce($6::timestamptz, estimated_start), metadata = coalesce($7::jsonb, metadata),
  updated_at = now()
where id = $1 returning *`

/** The job with an id. */
export async function jobById(query: Query, id: string): Promise<JobRow> {
  const [row] = await query<JobRow>('select * from sequencing.jobs where id = $1', [id])
  return row ?? jobNotFound(id)
}

/** The job with an id, held until the transaction ends. */
export async function lockJob(query: Query, id: string): Promise<JobRow> {
  const [row] = await query<JobRow>('select * from sequencing.jobs where id = $1 for update', [id])
  return row ?? jobNotFound(id)
}

/** Stores a new draft. */
export function createJob(world: SequencingWorld, draft: JobDraft, by: string): Promise<JobRow> {
  const { name, description, priority, platform_id, workflow_id, sample_sheet_id } = draft
  const { assigned_to, estimated_start, metadata } = draft
  const about = [assigned_to, estimated_start, metadata, by]
  return world.database.transaction(async (query) => {
    if (sample_sheet_id !== null) await holdSheet(query, sample_sheet_id)
    const values = [name, description, priority, platform_id, workflow_id, sample_sheet_id, ...about]
    const [row] = await query<JobRow>(INSERT, values)
    if (row === undefined) throw refuse('not_found', `Workflow not found: ${workflow_id}`)
    await tellCreated(world, query, row)
    return row
  })
}

/** Keeps a sheet from being deleted until the transaction ends. */
export async function holdSheet(query: Query, id: string): Promise<void> {
  const [sheet] = await query(SHEET, [id])
  if (sheet === undefined) throw refuse('not_found', `Sample sheet not found: ${id}`)
}

/** Stores a copy of a job as a new draft. */
export function cloneJob(world: SequencingWorld, id: string, by: string): Promise<JobRow> {
  return world.database.transaction(async (query) => {
    const [row] = await query<JobRow>(CLONE, [id, by])
    if (row === undefined) return jobNotFound(id)
    await tellCreated(world, query, row)
    return row
  })
}

async function tellCreated({ outbox }: SequencingWorld, query: Query, row: JobRow): Promise<void> {
  const { id, name, priority, platform_id, workflow_id, created_by } = row
  const payload = { job_id: id, name, priority, platform_id, workflow_id, created_by }
  await outbox.add(query, { type: 'sequencing.job_created', payload, subject: id })
}

/** Stores what a client changed; one statement, so that changes of different fields are all kept. */
export async function updateJob({ database }: SequencingWorld, id: string, change: JobChange): Promise<JobRow> {
  const { name, description, priority, assigned_to, estimated_start, metadata } = change
  const values = [id, name, description, priority, assigned_to, estimated_start, metadata]
  const [row] = await database.query<JobRow>(UPDATE, values)
  return row ?? jobNotFound(id)
}

const RUN_OF_JOB = `select 1 from sequencing.runs where job_id = $1 and status in (${ACTIVE_RUN})`

/** Deletes a job that nobody works on. */
export function deleteJob({ database }: SequencingWorld, id: string): Promise<void> {
  return database.transaction(async (query) => {
    const { status } = await lockJob(query, id)
    const [run] = await query(RUN_OF_JOB, [id])
    if (isActive(status) || run !== undefined) {
      throw refuse('invalid_operation', `Invalid operation: Cannot delete job ${id} - job is currently ${status}`)
    }
    await query('delete from sequencing.jobs where id = $1', [id])
  })
}

/** Each filter may be null; the order is one of few known columns. */
export interface JobWish {
  readonly status: JobStatus | null
  readonly priority: Priority | null
  readonly platform: string | null
  readonly createdBy: string | null
  readonly sort: (typeof SORTS)[number]
  readonly order: 'asc' | 'desc'
}

/** The columns a list can be sorted by. */
export const SORTS = ['created_at', 'updated_at', 'name', 'status', 'estimated_start'] as const

const FILTERS = `where ($1::text is null or status = $1) and ($2::text is null or priority = $2)
  and ($3::text is null or platform_id = $3) and ($4::text is null or created_by = $4)`

/** One page of jobs and how many there are. */
export async function listJobs(query: Query, wish: JobWish, { size, offset }: Page): Promise<[JobRow[], number]> {
  const filters = [wish.status, wish.priority, wish.platform, wish.createdBy]
  const [count] = await query<{ total: number }>(
    `select count(*)::int as total from sequencing.jobs ${FILTERS}`,
    filters,
  )
  const order = `order by ${wish.sort} ${wish.order}, id limit $5 offset $6`
  const rows = await query<JobRow>(`select * from sequencing.jobs ${FILTERS} ${order}`, [...filters, size, offset])
  return [rows, count?.total ?? 0]
}

function jobNotFound(id: string): never {
  throw refuse('not_found', `Job not found: ${id}`)
}
