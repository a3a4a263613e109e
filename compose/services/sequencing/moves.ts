// Moves jobs and runs from status to status: together where they belong together, with history, events and metrics.
import type { Query } from '../kit/database.ts'
import type { JobRow } from './job-row.ts'
import { isOver, mayGo as jobMayGo, NEEDS_SHEET, type JobStatus } from './job-status.ts'
import { holdSheet, jobById, lockJob } from './job-store.ts'
import { refuse } from './refusals.ts'
import { NO_RESULTS, type RunResults } from './run-draft.ts'
import { isEnd, mayGo as runMayGo, type RunStatus } from './run-status.ts'
import { lockRun, lockRunOf, runById, type RunRow } from './run-store.ts'
import type { SequencingWorld } from './world.ts'

/** A wished step of a job. */
export interface JobStep {
  readonly id: string
  readonly to: JobStatus
  readonly by: string
  readonly notes: string | null
}

/** A wished step of a run. */
export interface RunStep {
  readonly id: string
  readonly to: RunStatus
  readonly by: string
  readonly results: RunResults
}

/** Moves a job along its table. A job in a run begins and ends with the run, and cancelled it takes the run with it. */
export function moveJob(world: SequencingWorld, step: JobStep): Promise<JobRow> {
  const { id, to, by } = step
  return counting(world, async (query, ended) => {
    const { sample_sheet_id: sheet } = await jobById(query, id)
    if (sheet !== null && NEEDS_SHEET.includes(to)) await holdSheet(query, sheet)
    const job = await lockJob(query, id)
    if (!jobMayGo(job.status, to)) throw badStep('job', job.status, to)
    const run = await lockRunOf(query, id)
    if (run !== undefined && ['running', 'completed', 'failed'].includes(to)) {
      throw refuse('invalid_operation', `Invalid operation: the job is in run ${run.id}, which decides`)
    }
    if (run !== undefined && to === 'cancelled')
      ended.push(await setRun(world, query, { run, to: 'aborted', by, results: NO_RESULTS }))
    return setJob(world, query, { job, ...step })
  })
}

/** Cancels a job wherever it is, unless it is over. */
export function cancelJob(world: SequencingWorld, id: string, by: string): Promise<JobRow> {
  return counting(world, async (query, ended) => {
    const job = await lockJob(query, id)
    if (isOver(job.status)) {
      throw refuse('invalid_operation', `Invalid operation: Cannot cancel job ${id} - it is ${job.status} already`)
    }
    const run = await lockRunOf(query, id)
    if (run !== undefined) ended.push(await setRun(world, query, { run, to: 'aborted', by, results: NO_RESULTS }))
    return setJob(world, query, { job, to: 'cancelled', by, notes: null })
  })
}

/** Moves a run along its table, and its job with it. */
export function moveRun(world: SequencingWorld, { id, to, by, results }: RunStep): Promise<RunRow> {
  return counting(world, async (query, ended) => {
    const { job_id } = await runById(query, id)
    const job = job_id === null ? undefined : await lockIfThere(query, job_id)
    const run = await lockRun(query, id)
    if (!runMayGo(run.status, to)) throw badStep('run', run.status, to)
    const moved = await setRun(world, query, { run, to, by, results })
    if (isEnd(to)) ended.push(moved)
    if (job !== undefined) await follow(world, query, { job, to, by })
    return moved
  })
}

/** What a run does to its job. A run that is given up before it began leaves the job in the queue. */
async function follow(
  world: SequencingWorld,
  query: Query,
  at: { job: JobRow; to: RunStatus; by: string },
): Promise<void> {
  const { job, to, by } = at
  const move = (status: JobStatus) => setJob(world, query, { job, to: status, by, notes: `run ${to}` })
  if (to === 'running') {
    if (job.status !== 'queued') throw refuse('invalid_operation', `Invalid operation: the job is ${job.status}`)
    await move('running')
  }
  if (isEnd(to) && job.status === 'running') await move(to === 'completed' ? 'completed' : 'failed')
}

/** A run that has ended may outlive its job. */
async function lockIfThere(query: Query, id: string): Promise<JobRow | undefined> {
  const [job] = await query<JobRow>('select * from sequencing.jobs where id = $1 for update', [id])
  return job
}

/** Runs that ended are counted when that is stored, and not before. */
async function counting<T>(world: SequencingWorld, work: (query: Query, ended: RunRow[]) => Promise<T>): Promise<T> {
  const ended: RunRow[] = []
  const result = await world.database.transaction((query) => work(query, ended))
  for (const { platform_id, run_type, status } of ended) {
    if (isEnd(status)) world.runs.ended(platform_id, run_type, status)
  }
  return result
}

const SET_JOB = `with moved as (
  update sequencing.jobs set status = $2::text, updated_at = now(),
    actual_start = case when $2::text = 'running' then now() else actual_start end,
    actual_completion = case when $2::text in ('completed', 'failed', 'cancelled') then now()
      when $2::text in ('queued', 'running') then null else actual_completion end
  where id = $1 returning *
), noted as (
  insert into sequencing.job_status_history (job_id, previous_status, new_status, changed_by, notes)
  select id, $3, $2::text, $4, $5 from moved
) select * from moved`

interface JobMove extends Omit<JobStep, 'id'> {
  readonly job: JobRow
}

async function setJob({ outbox }: SequencingWorld, query: Query, { job, to, by, notes }: JobMove): Promise<JobRow> {
  const { id, name, status: from } = job
  const [row] = await query<JobRow>(SET_JOB, [id, to, from, by, notes])
  if (row === undefined) throw new Error('the update returned no row')
  const payload = { job_id: id, name, previous_status: from, new_status: to, by }
  await outbox.add(query, { type: 'sequencing.job_status_changed', payload, subject: id })
  if (to === 'completed')
    await outbox.add(query, { type: 'sequencing.job_completed', payload: { job_id: id, name, by }, subject: id })
  return row
}

const SET_RUN = `update sequencing.runs set status = $2::text, updated_at = now(),
  started_at = case when $2::text = 'running' then now() else started_at end,
  completed_at = case when $3 then now() else completed_at end,
  actual_yield_gb = coalesce($4, actual_yield_gb), quality_score_mean = coalesce($5, quality_score_mean),
  percent_pf = coalesce($6, percent_pf), percent_q30 = coalesce($7, percent_q30),
  error_rate = coalesce($8, error_rate), data_path = coalesce($9, data_path)
where id = $1 returning *`

interface RunMove extends Omit<RunStep, 'id'> {
  readonly run: RunRow
}

async function setRun({ outbox }: SequencingWorld, query: Query, { run, to, by, results }: RunMove): Promise<RunRow> {
  const { actual_yield_gb, quality_score_mean, percent_pf, percent_q30, error_rate, data_path } = results
  const figures = [actual_yield_gb, quality_score_mean, percent_pf, percent_q30, error_rate, data_path]
  const [row] = await query<RunRow>(SET_RUN, [run.id, to, isEnd(to), ...figures])
  if (row === undefined) throw new Error('the update returned no row')
  const { id, platform_id, run_type, job_id } = row
  const payload = { run_id: id, job_id, instrument: platform_id, run_type, status: to, by }
  if (isEnd(to)) await outbox.add(query, { type: 'sequencing.run_completed', payload, subject: id })
  return row
}

function badStep(what: string, from: string, to: string): Error {
  return refuse('invalid_transition', `Invalid ${what} status transition: from ${from} to ${to}`)
}
