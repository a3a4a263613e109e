// The roles of the laboratory, low to high, and that of its services.

/** All roles of users in rising order. */
const ROLES = [
  'guest',
  'data_analyst',
  'research_scientist',
  'lab_technician',
  'principal_investigator',
  'lab_administrator',
] as const

/** The role of a service that calls another; whoever asked it has been judged there. */
export const SERVICE_ROLE = 'service'

/** True when `role` is at least `required`; unknown roles are below all others. */
export function roleCovers(role: string, required: string): boolean {
  if (role === SERVICE_ROLE) return isRole(required)
  return rank(required) >= 0 && rank(role) >= rank(required)
}

/** True for a role that a user may have. */
export function isRole(role: string): boolean {
  return rank(role) >= 0
}

function rank(role: string): number {
  return ROLES.findIndex((known) => known === role)
}
