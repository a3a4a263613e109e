// A job as stored and as answered.
import type { Priority } from './job-draft.ts'
import { progressOf, type JobStatus } from './job-status.ts'
import type { Platform } from './platforms.ts'

/** A row of sequencing.jobs. */
export interface JobRow {
  readonly id: string
  readonly name: string
  readonly description: string | null
  readonly status: JobStatus
  readonly priority: Priority
  readonly platform_id: Platform
  readonly workflow_id: string
  readonly sample_sheet_id: string | null
  readonly run_id: string | null
  readonly created_by: string
  readonly assigned_to: string | null
  readonly estimated_start: Date | null
  readonly estimated_completion: Date | null
  readonly actual_start: Date | null
  readonly actual_completion: Date | null
  readonly metadata: unknown
  readonly created_at: Date
  readonly updated_at: Date
}

/** The short form of a job, as created, cloned and listed. */
export function jobSummary(row: JobRow): object {
  return {
    id: row.id,
    name: row.name,
    status: row.status,
    priority: row.priority,
    platform_id: row.platform_id,
    workflow_id: row.workflow_id,
    progress_percentage: progressOf(row.status),
    estimated_completion: row.estimated_completion,
    created_at: row.created_at,
  }
}

/** The whole job. */
export function jobJson(row: JobRow): object {
  return { ...row, progress_percentage: progressOf(row.status) }
}
