// The states of a job and the steps between them.

/** All statuses, as they are stored and answered. */
export const JOB_STATUSES = [
  'draft',
  'submitted',
  'validated',
  'queued',
  'running',
  'completed',
  'failed',
  'cancelled',
  'on_hold',
] as const

/** A job's status. */
export type JobStatus = (typeof JOB_STATUSES)[number]

const NEXT: Readonly<Record<JobStatus, readonly JobStatus[]>> = {
  draft: ['submitted'],
  submitted: ['validated', 'cancelled'],
  validated: ['queued', 'on_hold', 'cancelled'],
  queued: ['running', 'on_hold', 'cancelled'],
  running: ['completed', 'failed', 'cancelled'],
  on_hold: ['queued', 'cancelled'],
  failed: ['queued', 'cancelled'],
  completed: [],
  cancelled: [],
}

/** True when a job may go from one status to the other. */
export function mayGo(from: JobStatus, to: JobStatus): boolean {
  return NEXT[from].includes(to)
}

/** True when a job has come to its end; a failed one may be queued again. */
export function isOver(status: JobStatus): boolean {
  return ['completed', 'failed', 'cancelled'].includes(status)
}

/** True when the laboratory works on a job, so that it must not disappear. */
export function isActive(status: JobStatus): boolean {
  return ['queued', 'running'].includes(status)
}

/** Statuses in which a job relies on its sample sheet. */
export const NEEDS_SHEET: readonly JobStatus[] = ['validated', 'queued', 'running']

const PROGRESS: Readonly<Record<JobStatus, number>> = {
  draft: 0,
  submitted: 10,
  validated: 20,
  on_hold: 25,
  queued: 30,
  running: 50,
  completed: 100,
  failed: 0,
  cancelled: 0,
}

/** How far a job has come, percent. */
export function progressOf(status: JobStatus): number {
  return PROGRESS[status]
}
