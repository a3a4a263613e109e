// Reads and creates runs. Whoever changes a job and its run takes the job first, so that two changes never cross.
import { DatabaseError } from 'pg'
import type { Query } from '../kit/database.ts'
import type { Page } from '../kit/query.ts'
import type { JobRow } from './job-row.ts'
import { lockJob } from './job-store.ts'
import type { Platform, RunType } from './platforms.ts'
import { refuse } from './refusals.ts'
import type { RunDraft } from './run-draft.ts'
import { ACTIVE_RUN, type RunStatus } from './run-status.ts'
import type { SequencingWorld } from './world.ts'

/** A row of sequencing.runs, which is also its JSON form. */
export interface RunRow {
  readonly id: string
  readonly name: string
  readonly platform_id: Platform
  readonly run_type: RunType
  readonly flowcell_id: string
  readonly status: RunStatus
  readonly job_id: string | null
  readonly actual_yield_gb: number | null
  readonly quality_score_mean: number | null
  readonly percent_pf: number | null
  readonly percent_q30: number | null
  readonly error_rate: number | null
}

const INSERT = `insert into sequencing.runs (name, platform_id, run_type, flowcell_id, job_id, chemistry,
  cluster_generation_kit, sequencing_kit, read_structure, estimated_yield_gb, created_by, sample_count)
select $1, $2, coalesce($3, (select w.workflow_type from sequencing.workflows w
    join sequencing.jobs j on j.workflow_id = w.id where j.id = $5), 'custom'),
  $4, $5::uuid, $6, $7, $8, $9, $10::double precision, $11,
  coalesce($12::integer, (select jsonb_array_length(s.samples_data) from sequencing.sample_sheets s
    join sequencing.jobs j on j.sample_sheet_id = s.id where j.id = $5), 0)
returning *`

/** The run with an id. */
export async function runById(query: Query, id: string): Promise<RunRow> {
  const [row] = await query<RunRow>('select * from sequencing.runs where id = $1', [id])
  return row ?? runNotFound(id)
}

/** The run with an id, held until the transaction ends; its job must be held already. */
export async function lockRun(query: Query, id: string): Promise<RunRow> {
  const [row] = await query<RunRow>('select * from sequencing.runs where id = $1 for update', [id])
  return row ?? runNotFound(id)
}

/** The run a job is in, held until the transaction ends; the job must be held already. */
export async function lockRunOf(query: Query, jobId: string): Promise<RunRow | undefined> {
  const sql = `select * from sequencing.runs where job_id = $1 and status in (${ACTIVE_RUN}) for update`
  const [row] = await query<RunRow>(sql, [jobId])
  return row
}

/** Each filter may be null. */
export interface RunWish {
  readonly status: RunStatus | null
  readonly platform: string | null
}

const FILTERS = 'where ($1::text is null or status = $1) and ($2::text is null or platform_id = $2)'

/** One page of runs, newest first, and how many there are. */
export async function listRuns(query: Query, { status, platform }: RunWish, page: Page): Promise<[RunRow[], number]> {
  const filters = [status, platform]
  const [count] = await query<{ total: number }>(
    `select count(*)::int as total from sequencing.runs ${FILTERS}`,
    filters,
  )
  const sql = `select * from sequencing.runs ${FILTERS} order by created_at desc, id limit $3 offset $4`
  return [await query<RunRow>(sql, [...filters, page.size, page.offset]), count?.total ?? 0]
}

/** Stores a new run, for a queued job or for none. */
export function createRun({ database }: SequencingWorld, draft: RunDraft, by: string): Promise<RunRow> {
  return database.transaction(async (query) => {
    if (draft.job_id !== null) checkJob(await lockJob(query, draft.job_id), draft)
    const row = await insert(query, draft, by)
    if (row.job_id !== null) {
      await query('update sequencing.jobs set run_id = $2, updated_at = now() where id = $1', [row.job_id, row.id])
    }
    return row
  })
}

function checkJob(job: JobRow, { platform_id }: RunDraft): void {
  if (job.status !== 'queued') {
    throw refuse('invalid_operation', `Invalid operation: a run needs a queued job, it is ${job.status}`)
  }
  if (job.platform_id !== platform_id) {
    throw refuse('validation', `Validation error: the job is for ${job.platform_id}`)
  }
}

async function insert(query: Query, draft: RunDraft, by: string): Promise<RunRow> {
  const { name, platform_id, run_type, flowcell_id, job_id, chemistry, read_structure } = draft
  const { cluster_generation_kit, sequencing_kit, estimated_yield_gb, sample_count } = draft
  const kits = [cluster_generation_kit, sequencing_kit, read_structure]
  const values = [
    name,
    platform_id,
    run_type,
    flowcell_id,
    job_id,
    chemistry,
    ...kits,
    estimated_yield_gb,
    by,
    sample_count,
  ]
  try {
    const [row] = await query<RunRow>(INSERT, values)
    if (row === undefined) throw new Error('the insert returned no row')
    return row
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== '23505') throw error
    const what = error.constraint === 'runs_job' ? 'The job' : `The flow cell ${flowcell_id}`
    throw refuse('conflict', `Resource conflict: ${what} is in another run`)
  }
}

/** The figures of a run. */
export function runMetrics(row: RunRow): object {
  return {
    run_id: row.id,
    yield_gb: row.actual_yield_gb,
    quality_score_mean: row.quality_score_mean,
    percent_pf: row.percent_pf,
    percent_q30: row.percent_q30,
    error_rate: row.error_rate,
  }
}

function runNotFound(id: string): never {
  throw refuse('not_found', `Run not found: ${id}`)
}
