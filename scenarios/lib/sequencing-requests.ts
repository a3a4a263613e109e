// What a laboratory asks of the sequencing service about jobs and runs, and what it promises to answer.
import { get, post, put } from './desk.ts'
import type { Desk } from './desk.ts'
import { aTime, aUuid, contested, granted, refused } from './expectation.ts'
import type { Wanted } from './expectation.ts'
import type { Ask, Row } from './operation.ts'
import { LINES, PLATFORM } from './sheet-requests.ts'

const JOBS = '/api/sequencing/jobs'
const RUNS = '/api/sequencing/runs'
const WORKFLOW = 'standard_wgs'
/** What a good run came to. */
const RESULTS = { actual_yield_gb: 120.5, percent_q30: 92 }

export function createJob(desk: Desk, key: string, sheet: string): Ask {
  const body = { name: jobName(key), priority: 'normal', platform_id: PLATFORM, workflow_id: WORKFLOW }
  const expect = granted({ id: aUuid, ...body, status: 'draft', progress_percentage: 0 })
  const write = jobRow(body.name)
  return { op: 'sequencing.create-job', ...post(desk, JOBS, { ...body, sample_sheet_id: sheet }), expect, write }
}

export function job(desk: Desk, id: string, wanted: Wanted): Ask {
  return { op: 'sequencing.job', ...get(desk, `${JOBS}/${id}`), expect: granted({ id, ...wanted }) }
}

export function moveJob(desk: Desk, id: string, to: string): Ask {
  const expect = granted({ id, status: to })
  return { op: 'sequencing.move-job', ...put(desk, `${JOBS}/${id}/status`, { status: to }), expect, write: step(id, to) }
}

/** A move the status table does not have. */
export function moveIllegally(desk: Desk, id: string, [from, to]: readonly [string, string]): Ask {
  const expect = refused(400, { 'error.message': `Invalid job status transition: from ${from} to ${to}` })
  const asked = put(desk, `${JOBS}/${id}/status`, { status: to })
  return { op: 'sequencing.move-job-illegal', ...asked, expect, write: step(id, to) }
}

/** What the run of a job decides, nobody else does. */
export function endBesideRun(desk: Desk, id: string, run: string): Ask {
  const expect = refused(400, { 'error.message': `Invalid operation: the job is in run ${run}, which decides` })
  return { op: 'sequencing.end-beside-run', ...put(desk, `${JOBS}/${id}/status`, { status: 'completed' }), expect }
}

export function cloneJob(desk: Desk, id: string, key: string): Ask {
  const name = `${jobName(key)} (Copy)`
  const expect = granted({ id: aUuid, name, status: 'draft' })
  return { op: 'sequencing.clone-job', ...post(desk, `${JOBS}/${id}/clone`), expect, write: jobRow(name) }
}

export function cancelJob(desk: Desk, id: string): Ask {
  const expect = granted({ id, status: 'cancelled' })
  return { op: 'sequencing.cancel-job', ...post(desk, `${JOBS}/${id}/cancel`), expect, write: step(id, 'cancelled') }
}

/** A run of a job that several begin at the same time, each on a flow cell of its own. */
export function createRun(desk: Desk, jobId: string, name: string): Ask {
  const body = { name, platform_id: PLATFORM, flowcell_id: `FC ${name}`, job_id: jobId }
  const won = { id: aUuid, ...body, status: 'preparing', run_type: 'whole_genome', sample_count: LINES }
  const expect = contested(won, 409, { 'error.message': 'Resource conflict: The job is in another run' })
  const write = { store: 'sequencing-runs', key: name }
  return { op: 'sequencing.create-run', ...post(desk, RUNS, body), expect, write }
}

/** The job of a run begins and ends with it: a row of the job's history is written by both. */
export function startRun(desk: Desk, id: string, jobId: string): Ask {
  const expect = granted({ id, status: 'running', job_id: jobId, started_at: aTime })
  return { op: 'sequencing.start-run', ...post(desk, `${RUNS}/${id}/start`), expect, write: step(jobId, 'running') }
}

export function completeRun(desk: Desk, id: string, jobId: string): Ask {
  const expect = granted({ id, status: 'completed', ...RESULTS, completed_at: aTime })
  const asked = put(desk, `${RUNS}/${id}/status`, { status: 'completed', ...RESULTS })
  return { op: 'sequencing.complete-run', ...asked, expect, write: step(jobId, 'completed') }
}

/** A run that has ended stays so. */
export function completeAgain(desk: Desk, id: string): Ask {
  const expect = refused(400, { 'error.message': 'Invalid run status transition: from completed to completed' })
  return { op: 'sequencing.complete-run-again', ...put(desk, `${RUNS}/${id}/status`, { status: 'completed' }), expect }
}

export function metrics(desk: Desk, id: string): Ask {
  const { actual_yield_gb: yield_gb, percent_q30 } = RESULTS
  const expect = granted({ run_id: id, yield_gb, percent_q30 })
  return { op: 'sequencing.run-metrics', ...get(desk, `${RUNS}/${id}/metrics`), expect }
}

export function jobs(desk: Desk, status: string): Ask {
  const expect = granted({ 'jobs.0.status': status, 'jobs.0.id': aUuid, 'pagination.limit': 10 })
  return { op: 'sequencing.jobs', ...get(desk, `${JOBS}?status=${status}&limit=10`), expect }
}

export function runs(desk: Desk, status: string): Ask {
  const expect = granted({ 'runs.0.status': status, 'runs.0.id': aUuid, 'pagination.page': 1 })
  return { op: 'sequencing.runs', ...get(desk, `${RUNS}?status=${status}&limit=10`), expect }
}

function jobName(key: string): string {
  return `job ${key}`
}

function jobRow(name: string): Row {
  return { store: 'sequencing-jobs', key: name }
}

/** One row of a job's history; a job comes into each status once at most. */
function step(id: string, to: string): Row {
  return { store: 'job-steps', key: `${id}:${to}` }
}
