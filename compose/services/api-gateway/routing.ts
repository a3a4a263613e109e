// Maps the gateway's paths to services, and to endpoint names of which there are only few.

/** A service behind the gateway, by its compose name. */
export type Upstream = 'auth' | 'sample'

/** One prefix of the gateway and where it leads. */
export interface RouteRule {
  readonly prefix: string
  readonly upstream: Upstream
  /** Replaces the prefix in the service's own path. */
  readonly target: string
}

/** All prefixes. */
export const ROUTES: readonly RouteRule[] = [
  { prefix: '/api/auth', upstream: 'auth', target: '/auth' },
  { prefix: '/api/validate', upstream: 'auth', target: '/validate' },
  { prefix: '/api/admin', upstream: 'auth', target: '/admin' },
  { prefix: '/api/samples', upstream: 'sample', target: '/samples' },
]

/** The service's path for a path (with its query) of the gateway. */
export function targetOf(rule: RouteRule, url: string): string {
  return rule.target + url.slice(rule.prefix.length)
}

const WORDS = new Set(
  ('api auth validate admin samples login logout register refresh me sessions token permissions users status batch ' +
    'barcode forgot-password reset-password verify-email disable enable audit-log').split(' '),
)

/** The path with ids replaced: `/api/samples/:id/status`. Unknown parts become :id too: no one can invent series. */
export function endpointOf(url: string): string {
  const path = url.split('?', 1)[0] ?? ''
  const parts = path.split('/').slice(1, 6)
  return parts.map((part) => `/${WORDS.has(part) ? part : ':id'}`).join('')
}
