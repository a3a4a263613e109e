// The defects the real system shipped with, switched on by name, so that drills can show they are caught.
import type { Setting } from './settings.ts'

/** Every known defect and who has it; other services ignore it. */
export const DEFECTS = {
  'no-metrics': 'every service',
  'always-ready': 'every service',
  'no-spans': 'every service',
  'no-authentication': 'every service that asks auth',
  'register-answers-500': 'auth',
  'no-lockout': 'auth',
  'drop-acknowledged-writes': 'sample',
  'status-update-answers-500': 'sample',
  'delete-answers-500': 'sample',
  'no-trace-propagation': 'api-gateway',
  'gateway-hides-auth-errors': 'api-gateway',
  'gateway-misroutes-samples': 'api-gateway',
  'gateway-unprotected': 'api-gateway',
  'analytics-reads-nothing': 'event-analytics',
  'event-mock': 'event',
  'silent-group-failure': 'event',
  'subscribe-exhausts-pool': 'event',
  'unbounded-streams': 'event',
  'channels-always-healthy': 'notification',
  'no-alert-webhook': 'notification',
  'careless-model': 'rag-model',
  'errors-as-200': 'rag',
  'memory-only-intake': 'rag',
  'partial-batches': 'library-details',
  'reviews-overwritten': 'qaqc',
  'reports-never-made': 'reports',
  'no-version-lock': 'spreadsheet-versioning',
  'no-template-tables': 'template',
  'unchecked-template-limits': 'template',
  'stub-template-clone': 'template',
  'two-samples-one-position': 'storage',
  'no-saga-routes': 'storage',
  'unready-is-500': 'storage',
  'mock-sequencing-runs': 'sequencing',
  'saga-trusts-any-answer': 'transaction',
  'saga-uses-random-ids': 'transaction',
  'saga-undoes-everything': 'transaction',
  'saga-gives-up-undoing': 'transaction',
  'saga-never-times-out': 'transaction',
  'saga-status-blocks': 'transaction',
  'saga-forgets': 'transaction',
} as const

/** A defect's name. */
export type Defect = keyof typeof DEFECTS

/** Reads DEFECTS, a comma list; empty means the service behaves as documented. */
export const defects: Setting<ReadonlySet<Defect>> = (env, problems) => {
  const names = (env.DEFECTS ?? '').split(',').map((name) => name.trim())
  const unknown = names.filter((name) => name !== '' && !isDefect(name))
  for (const name of unknown) problems.push(`DEFECTS names '${name}', known are ${Object.keys(DEFECTS).join(', ')}`)
  return new Set(names.filter(isDefect))
}

function isDefect(name: string): name is Defect {
  return Object.hasOwn(DEFECTS, name)
}
