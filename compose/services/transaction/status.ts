// The states of a saga, as the documents name them, and which of them are its end.

/** All statuses. `Paused` is documented, but no route pauses a saga. */
export const STATUSES = [
  'Created',
  'Executing',
  'Compensating',
  'Completed',
  'Compensated',
  'Failed',
  'Paused',
  'Cancelled',
  'TimedOut',
] as const

/** A saga's status. */
export type Status = (typeof STATUSES)[number]

/** The ends of a saga: all was done, or all that was done is undone. Failed means there was nothing to undo. */
export const ENDS = ['Completed', 'Compensated', 'Failed', 'Cancelled', 'TimedOut'] as const

/** How a saga can end. */
export type End = (typeof ENDS)[number]

/** The statuses of a saga that somebody still works on. */
export const ACTIVE: readonly Status[] = STATUSES.filter((status) => !isEnd(status))

/** True when nothing more will happen to a saga with this status. */
export function isEnd(status: Status): status is End {
  return ENDS.some((end) => end === status)
}
