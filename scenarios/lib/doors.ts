// The doors of the system: one reading and one changing request of every service behind the gateway, none of which is
// for nobody. Pure data and its judgement; event analytics is not among them, for it answers no user.
import { aText, refused } from './expectation.ts'
import type { Expectation, Wanted } from './expectation.ts'

export interface Door {
  readonly service: string
  /** Reads something; /api/... */
  readonly look: string
  readonly change: { readonly method: 'POST' | 'PUT' | 'DELETE'; readonly path: string; readonly body?: object }
  /** What the service says to a token it does not accept; a service without it says nothing but 401. */
  readonly says?: Wanted
}

/** No row has this id, so that a change that is let in all the same harms nobody. */
export const NOTHING = '00000000-0000-4000-8000-000000000000'

const CODED = { 'error.code': 'AUTHENTICATION_FAILED' }
const NAMED = { error: 'authentication_error' }

export const DOORS: readonly Door[] = [
  { service: 'sample', look: '/api/samples', change: { method: 'DELETE', path: `/api/samples/${NOTHING}` }, says: NAMED },
  {
    service: 'storage',
    look: '/api/storage/locations',
    change: { method: 'DELETE', path: `/api/storage/locations/${NOTHING}` },
    says: { error: aText },
  },
  { service: 'template', look: '/api/templates', change: { method: 'DELETE', path: `/api/templates/${NOTHING}` } },
  {
    service: 'sequencing',
    look: '/api/sequencing/jobs',
    change: { method: 'DELETE', path: `/api/sequencing/jobs/${NOTHING}` },
    says: { 'error.message': aText },
  },
  {
    service: 'notification',
    look: '/api/notifications',
    change: { method: 'POST', path: `/api/notifications/${NOTHING}/retry` },
    says: CODED,
  },
  {
    service: 'rag',
    look: '/api/rag/submissions',
    change: { method: 'POST', path: '/api/samples/rag/query', body: { query: 'who am I?' } },
    says: { success: false, ...NAMED },
  },
  {
    service: 'event',
    look: '/api/events/stats',
    change: { method: 'POST', path: '/api/events/publish', body: { event_type: 'hostile.intrusion', source_service: 'nobody', payload: {} } },
    says: { error: aText },
  },
  {
    service: 'transaction',
    look: '/api/transactions',
    change: { method: 'DELETE', path: `/api/transactions/${NOTHING}` },
    says: NAMED,
  },
  {
    service: 'qaqc',
    look: '/api/qc/reviews',
    change: { method: 'POST', path: `/api/qc/reviews/${NOTHING}/complete`, body: { decision: 'approved' } },
    says: { 'error.code': 'AUTH_ERROR' },
  },
  {
    service: 'spreadsheet-versioning',
    look: `/api/spreadsheets/${NOTHING}/versions`,
    change: { method: 'DELETE', path: `/api/versions/${NOTHING}` },
    says: { error: 'unauthorized' },
  },
  { service: 'library-details', look: '/api/libraries', change: { method: 'DELETE', path: `/api/libraries/${NOTHING}` }, says: CODED },
  {
    service: 'reports',
    look: '/api/reports',
    change: { method: 'POST', path: '/api/reports/generate', body: { report_type: 'custom', rows: [] } },
    says: { success: false, ...NAMED },
  },
  {
    service: 'lab-manager',
    look: '/api/lab-manager/samples',
    change: { method: 'DELETE', path: `/api/lab-manager/samples/${NOTHING}` },
    says: CODED,
  },
]

/** What the gateway itself says to whoever shows nothing at all. */
export const SHUT = refused(401, { error: 'authentication_error', detail: aText, data: undefinedOnly })

/** The service behind a door refuses, in its own words, and tells nothing. */
export function refusedBy({ says }: Door): Expectation {
  return refused(401, says && { ...says, data: undefinedOnly })
}

/** For bodies that must hold no data. */
export function undefinedOnly(value: unknown): boolean {
  return value === undefined
}

