// The statuses of a library: as the database has them, and as JSON names them.

/** Database label and JSON name of every status. */
export const STATUS_NAMES = {
  pending: 'Pending',
  in_preparation: 'InPreparation',
  quality_control: 'QualityControl',
  approved: 'Approved',
  failed: 'Failed',
  sequencing: 'Sequencing',
  completed: 'Completed',
} as const

/** A status as the database knows it. */
export type Status = keyof typeof STATUS_NAMES

/** All statuses, as the database knows them. */
export const STATUSES = Object.keys(STATUS_NAMES) as readonly Status[]

/** The status of a JSON name, whatever its case; undefined when there is none. */
export function statusNamed(name: string): Status | undefined {
  return STATUSES.find((status) => STATUS_NAMES[status].toLowerCase() === name.toLowerCase())
}
