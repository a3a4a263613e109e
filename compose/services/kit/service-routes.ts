// Which public path leads to which service; whoever stands before the services, gateway or lab manager, has it from here.
import { address, type Setting } from './settings.ts'

/** The services users reach from outside, by their compose names, and the variable with the address of each. */
export const SERVICE_URLS = {
  auth: 'AUTH_SERVICE_URL',
  sample: 'SAMPLE_SERVICE_URL',
  storage: 'STORAGE_SERVICE_URL',
  template: 'TEMPLATE_SERVICE_URL',
  sequencing: 'SEQUENCING_SERVICE_URL',
  notification: 'NOTIFICATION_SERVICE_URL',
  rag: 'RAG_SERVICE_URL',
  event: 'EVENT_SERVICE_URL',
  transaction: 'TRANSACTION_SERVICE_URL',
  qaqc: 'QAQC_SERVICE_URL',
  'spreadsheet-versioning': 'SPREADSHEET_SERVICE_URL',
  'library-details': 'LIBRARY_DETAILS_SERVICE_URL',
  reports: 'REPORTS_SERVICE_URL',
  'event-analytics': 'EVENT_ANALYTICS_SERVICE_URL',
  'lab-manager': 'LAB_MANAGER_URL',
} as const

/** A service behind a door. */
export type Upstream = keyof typeof SERVICE_URLS

/** All of them. */
export const UPSTREAMS = Object.keys(SERVICE_URLS) as readonly Upstream[]

/** The address of each service; empty where it is not part of this system. */
export type UpstreamUrls = Readonly<Record<Upstream, string>>

/** Reads the addresses; those of the `needed` services must be there. */
export function upstreamUrls(needed: readonly Upstream[]): Setting<UpstreamUrls> {
  return (env, problems) => {
    const read = (name: Upstream): string => {
      const fallback = needed.includes(name) ? undefined : ''
      return address(SERVICE_URLS[name], ['http'], fallback)(env, problems)
    }
    return Object.fromEntries(UPSTREAMS.map((name) => [name, read(name)])) as Record<Upstream, string>
  }
}

/** One public prefix and where it leads. */
export interface RouteRule {
  readonly prefix: string
  readonly upstream: Upstream
  /** Replaces the prefix in the service's own path. */
  readonly target: string
}

function leads(upstream: Upstream, paths: Readonly<Record<string, string>>): readonly RouteRule[] {
  return Object.entries(paths).map(([path, target]) => ({ prefix: `/api/${path}`, upstream, target }))
}

/** All public prefixes; where two fit, the longer one leads. */
export const ROUTES: readonly RouteRule[] = [
  ...leads('auth', { auth: '/auth', validate: '/validate', admin: '/admin', users: '/auth' }),
  ...leads('sample', { samples: '/samples' }),
  ...leads('storage', { storage: '/storage', analytics: '/analytics', iot: '/iot' }),
  ...leads('template', { templates: '/templates' }),
  ...leads('sequencing', { sequencing: '' }),
  ...leads('notification', { notifications: '/notifications', channels: '/channels', subscriptions: '/subscriptions' }),
  ...leads('notification', { 'notification-templates': '/templates', integration: '/integration' }),
  ...leads('rag', { rag: '/api/rag', 'samples/rag': '/api/samples/rag', submissions: '/api/submissions' }),
  ...leads('event', { events: '/api/v1/events', 'events/stats': '/api/v1/stats' }),
  ...leads('transaction', { transactions: '/api/v1/transactions', workflows: '/api/v1/workflows' }),
  ...leads('qaqc', { qc: '/api/v1/qc', qaqc: '/api/v1/qc' }),
  ...leads('spreadsheet-versioning', { spreadsheets: '/api/v1/spreadsheets', versions: '/api/v1/versions' }),
  ...leads('spreadsheet-versioning', { diff: '/api/v1/diff', conflicts: '/api/v1/conflicts' }),
  ...leads('library-details', { libraries: '/api/v1/libraries', 'library-details': '/api/v1' }),
  ...leads('reports', { reports: '/api/reports' }),
  ...leads('event-analytics', { 'event-analytics': '/api/v1' }),
  ...leads('lab-manager', { 'lab-manager': '/api' }),
]

/** The service's path for a public path (with its query). */
export function targetOf(rule: RouteRule, url: string): string {
  const path = rule.target + url.slice(rule.prefix.length)
  return path.startsWith('/') ? path : `/${path}`
}
