// The roles of the laboratory, low to high.

/** All roles in rising order. */
const ROLES = [
  'guest',
  'data_analyst',
  'research_scientist',
  'lab_technician',
  'principal_investigator',
  'lab_administrator',
] as const

/** True when `role` is at least `required`; unknown roles are below all others. */
export function roleCovers(role: string, required: string): boolean {
  return rank(required) >= 0 && rank(role) >= rank(required)
}

/** True for a role that exists. */
export function isRole(role: string): boolean {
  return rank(role) >= 0
}

function rank(role: string): number {
  return ROLES.findIndex((known) => known === role)
}
