// Reads what a client wants stored of a job.
import type { JsonObject } from '../kit/fields.ts'
import { typedFieldsOf, type TypedFields } from '../kit/typed-fields.ts'
import { JOB_STATUSES, type JobStatus } from './job-status.ts'
import { platformNamed, type Platform } from './platforms.ts'

/** How urgent a job can be. */
export const PRIORITIES = ['low', 'normal', 'high', 'urgent', 'critical'] as const

/** How urgent a job is. */
export type Priority = (typeof PRIORITIES)[number]

/** Changes of a job; null leaves a field as it is. */
export interface JobChange {
  readonly name: string | null
  readonly description: string | null
  readonly priority: Priority | null
  readonly assigned_to: string | null
  readonly estimated_start: string | null
  readonly metadata: JsonObject | null
}

/** A job to be created. */
export interface JobDraft extends JobChange {
  readonly name: string
  readonly priority: Priority
  readonly platform_id: Platform
  readonly workflow_id: string
  readonly sample_sheet_id: string | null
}

const NAME = { min: 1, max: 255, pattern: /\S/, message: 'name cannot be empty' }

/** Reads a job to be created. */
export function readJob(body: JsonObject): JobDraft {
  const fields = typedFieldsOf(body)
  const name = fields.text('name', NAME)
  const priority = fields.word('priority', PRIORITIES)
  const platform = fields.text('platform_id', { min: 1 })
  const workflow_id = fields.text('workflow_id', { min: 1, max: 100 })
  const sample_sheet_id = fields.optionalUuid('sample_sheet_id')
  const details = detailsIn(fields)
  fields.done('validation')
  return { name, priority, platform_id: platformNamed(platform), workflow_id, sample_sheet_id, ...details }
}

/** Reads an update: absent and null fields stay as they are. */
export function readJobChange(body: JsonObject): JobChange {
  const fields = typedFieldsOf(body)
  const name = fields.optionalText('name', NAME)
  const change = { name, priority: fields.optionalWord('priority', PRIORITIES), ...detailsIn(fields) }
  fields.done('validation')
  return change
}

function detailsIn(fields: TypedFields) {
  return {
    description: fields.optionalText('description'),
    assigned_to: fields.optionalUuid('assigned_to'),
    estimated_start: fields.optionalMoment('estimated_start'),
    metadata: fields.optionalObject('metadata'),
  }
}

/** Reads a wished status and a remark on it. */
export function readJobStatus(body: JsonObject): { to: JobStatus; notes: string | null } {
  const fields = typedFieldsOf(body)
  const to = fields.word('status', JOB_STATUSES)
  const notes = fields.optionalText('notes', { max: 500 })
  fields.done('validation')
  return { to, notes }
}
