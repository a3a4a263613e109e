// The rounds of an operator: every service is looked at once, also those that the laboratory's own work rarely asks.
import { get, post } from './desk.ts'
import type { Desk } from './desk.ts'
import { aUuid, granted } from './expectation.ts'
import type { Wanted } from './expectation.ts'
import type { Ask } from './operation.ts'

/** What the lab manager passes on, and how the answer of each service is known. */
const PASSED_ON: Readonly<Record<string, Wanted>> = {
  samples: { success: true },
  templates: { success: true },
  'storage/locations': { success: true },
  'sequencing/jobs': { 'pagination.page': 1 },
  'rag/submissions': { submissions: aList },
  reports: { success: true },
  conflicts: { conflicts: aList },
}

/** Those of the tour, in order. */
export function tourOf(desk: Desk, key: string): readonly Ask[] {
  const passedOn = Object.entries(PASSED_ON).map(([path, wanted]) => look(desk, `lab-manager/${path}`, wanted))
  return [services(desk), look(desk, 'sequencing/health/ready', { status: 'ready' }), template(desk, key), look(desk, 'templates', { success: true }), ...passedOn]
}

/** What the gateway says of every service behind it. */
function services(desk: Desk): Ask {
  return { op: 'tour.services', ...get(desk, '/api/services'), expect: granted({ 'services.auth.status': 'healthy' }) }
}

function template(desk: Desk, key: string): Ask {
  const body = { name: `template ${key}`, template_type: 'sample_intake' }
  return { op: 'tour.template', ...post(desk, '/api/templates', body), expect: granted({ success: true, 'template.id': aUuid }) }
}

function look(desk: Desk, path: string, wanted: Wanted): Ask {
  return { op: `tour.${path.replaceAll('/', '-')}`, ...get(desk, `/api/${path}`), expect: granted(wanted) }
}

function aList(value: unknown): boolean {
  return Array.isArray(value)
}
