// What the title of a contract test claims: which service answers which request with which status.
import { SERVICES } from './documented-routes.ts'

/** `GET /samples/:id -> 404` of one service. */
export interface Claim {
  readonly service: string
  /** `GET /samples/:id`. */
  readonly what: string
  readonly status: number
}

const CLAIM = /(?:([a-z][a-z-]*) )?\b(GET|POST|PUT|PATCH|DELETE) (\/\S*) -> (\d{3})\b/g

/** Every claim of a title: of the service it names, else of the one in whose folder the test `file` is. */
export function claimsOf(title: string, file: string): readonly Claim[] {
  const folder = /\/services\/([^/]+)\/[^/]+$/.exec(file)?.[1] ?? ''
  return [...title.matchAll(CLAIM)].flatMap(([, named = '', method, path, status]) => {
    const service = SERVICES.includes(named) ? named : folder
    return SERVICES.includes(service) ? [{ service, what: `${method} ${path}`, status: Number(status) }] : []
  })
}
