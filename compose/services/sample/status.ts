// The states of a sample and the steps between them, as the documents allow them.

/** Database label and JSON name of every status. */
export const STATUS_NAMES = {
  pending: 'Pending',
  validated: 'Validated',
  in_storage: 'InStorage',
  in_sequencing: 'InSequencing',
  completed: 'Completed',
  failed: 'Failed',
  discarded: 'Discarded',
  rejected: 'Rejected',
  archived: 'Archived',
  deleted: 'Deleted',
} as const

/** A status as the database knows it. */
export type Status = keyof typeof STATUS_NAMES

/** All statuses, as the database knows them. */
export const STATUSES = Object.keys(STATUS_NAMES) as readonly Status[]

const NEXT: Readonly<Record<Status, readonly Status[]>> = {
  pending: ['validated', 'rejected', 'deleted'],
  validated: ['in_storage', 'in_sequencing', 'rejected', 'deleted'],
  in_storage: ['in_sequencing', 'rejected', 'deleted'],
  in_sequencing: ['completed', 'failed'],
  completed: ['archived'],
  failed: ['pending', 'deleted'],
  rejected: ['pending', 'deleted'],
  discarded: ['archived', 'deleted'],
  archived: [],
  deleted: [],
}

/** True when a sample may go from one status to the other. */
export function mayGo(from: Status, to: Status): boolean {
  return NEXT[from].includes(to)
}

/** The status of a JSON name (`InStorage`), or undefined. */
export function statusNamed(name: string): Status | undefined {
  return STATUSES.find((status) => STATUS_NAMES[status] === name)
}
