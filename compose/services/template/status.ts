// The states of a template. The documents name no order, so a template may go from any to any.

/** Database label and JSON name of every status. */
export const STATUS_NAMES = {
  draft: 'Draft',
  published: 'Published',
  archived: 'Archived',
  deprecated: 'Deprecated',
} as const

/** A status as the database knows it. */
export type Status = keyof typeof STATUS_NAMES

/** All statuses, as the database knows them. */
export const STATUSES = Object.keys(STATUS_NAMES) as readonly Status[]

/** All statuses, as clients know them. */
export const JSON_STATUSES = Object.values(STATUS_NAMES)

/** The status of a JSON name (`Draft`), or null. */
export function statusNamed(name: string | null): Status | null {
  return STATUSES.find((status) => STATUS_NAMES[status] === name) ?? null
}
