// The states of a run on an instrument and the steps between them.

/** All statuses, as they are stored and answered. */
export const RUN_STATUSES = ['preparing', 'ready', 'running', 'analyzing', 'completed', 'failed', 'aborted'] as const

/** A run's status. */
export type RunStatus = (typeof RUN_STATUSES)[number]

/** Statuses in which a run has ended. */
export type RunEnd = 'completed' | 'failed' | 'aborted'

const NEXT: Readonly<Record<RunStatus, readonly RunStatus[]>> = {
  preparing: ['ready', 'running', 'aborted'],
  ready: ['running', 'aborted'],
  running: ['analyzing', 'completed', 'failed', 'aborted'],
  analyzing: ['completed', 'failed', 'aborted'],
  completed: [],
  failed: [],
  aborted: [],
}

/** True when a run may go from one status to the other. */
export function mayGo(from: RunStatus, to: RunStatus): boolean {
  return NEXT[from].includes(to)
}

/** True for a status in which a run has ended. */
export function isEnd(status: RunStatus): status is RunEnd {
  return NEXT[status].length === 0
}

/** SQL list of the statuses in which a run holds its flow cell and its job. */
export const ACTIVE_RUN = RUN_STATUSES.filter((status) => !isEnd(status))
  .map((status) => `'${status}'`)
  .join(', ')
