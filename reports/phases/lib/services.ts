// The services that the phases speak of, by the names they have in compose.yaml.

/** Those every phase calls the core. */
export const CORE = ['auth', 'sample', 'template', 'rag']

/** Those that keep what they know in PostgreSQL, and whose readiness has to say so when it is away. */
export const WITH_DATABASE = [
  'auth', 'sample', 'template', 'storage', 'sequencing', 'notification', 'rag', 'transaction', 'qaqc', 'library-details',
  'reports', 'spreadsheet-versioning',
]

/** All that are said to be deployed: fifteen. */
export const FIFTEEN = [...WITH_DATABASE, 'event', 'lab-manager', 'api-gateway']

/** Everything of our own that runs. */
export const ALL = [...FIFTEEN, 'event-analytics', 'rag-model']

export const EXPORTERS = ['node-exporter', 'redis-exporter', 'postgres-exporter']

/** One route of each service that only those may use who are let in. */
export const CLOSED_DOORS = [
  { service: 'sample', path: '/samples' },
  { service: 'storage', path: '/storage/locations' },
  { service: 'template', path: '/templates' },
  { service: 'sequencing', path: '/jobs' },
  { service: 'notification', path: '/notifications' },
  { service: 'rag', path: '/api/rag/submissions' },
  { service: 'event', path: '/api/v1/stats' },
  { service: 'transaction', path: '/api/v1/transactions' },
  { service: 'qaqc', path: '/api/v1/qc/reviews' },
  { service: 'library-details', path: '/api/v1/libraries' },
  { service: 'reports', path: '/api/reports' },
  { service: 'spreadsheet-versioning', path: '/api/v1/spreadsheets/00000000-0000-4000-8000-000000000000/versions' },
  { service: 'lab-manager', path: '/api/samples' },
  { service: 'api-gateway', path: '/api/samples' },
]
