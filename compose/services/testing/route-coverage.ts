// Sets what is documented of a service against what the titles of its contract tests claim.
import { documentOf, SERVICES, type DocumentedRoute, type ServiceDocument } from './documented-routes.ts'
import { realRoutesOf, type RealRoute } from './real-routes.ts'
import type { Claim } from './route-claims.ts'
import { routeFor } from './route-match.ts'

/** One route, or the service as a whole. */
export interface CoverageRow {
  readonly service: string
  readonly route: string
  /** What has to be shown: what is documented, and 401 where nobody gets in unknown. */
  readonly wanted: readonly number[]
  readonly shown: readonly number[]
  readonly missing: readonly number[]
  /** How many fields of its body are documented. */
  readonly fields: number
  readonly note: string
  readonly kind: 'documented' | 'ours' | 'anywhere'
}

/** What one service looks like. */
export interface ServiceCoverage {
  readonly rows: readonly CoverageRow[]
  /** Claims about routes that nobody has written down; that nothing is there may be claimed of any path. */
  readonly strangers: readonly string[]
}

const NOTHING_THERE = [404, 405]
const ANYWHERE = 'any of them'

/** Every service, from claims. */
export async function coverageOf(claims: readonly Claim[]): Promise<readonly ServiceCoverage[]> {
  const all = SERVICES.map(async (service) => {
    const own = claims.filter((claim) => claim.service === service)
    return cover(documentOf(service), await realRoutesOf(service), own)
  })
  return Promise.all(all)
}

/** One service. */
export function cover(document: ServiceDocument, real: readonly RealRoute[], claims: readonly Claim[]): ServiceCoverage {
  const { service, documented, ours, anywhere } = document
  const routes = [...documented.map(({ route }) => route), ...Object.keys(ours)]
  const byRoute = Map.groupBy(claims, ({ what }) => routeFor(what, routes))
  const row = (kind: CoverageRow['kind'], route: string, said: Omit<DocumentedRoute, 'route'>): CoverageRow => {
    const shown = statusesOf(kind === 'anywhere' ? claims : (byRoute.get(route) ?? []))
    const wanted = sorted([...said.answers, ...(isGuarded(route, real) ? [401] : [])])
    const missing = wanted.filter((status) => !shown.includes(status))
    return { service, kind, route, wanted, shown, missing, fields: said.body.length, note: said.note ?? '' }
  }
  const strangers = (byRoute.get(undefined) ?? []).filter(({ status }) => !NOTHING_THERE.includes(status))
  return {
    rows: [
      ...documented.map((said) => row('documented', said.route, said)),
      ...Object.entries(ours).map(([route, note]) => row('ours', route, { answers: [], body: [], note })),
      ...(anywhere.length === 0 ? [] : [row('anywhere', ANYWHERE, { answers: anywhere, body: [] })]),
    ],
    strangers: strangers.map(({ what, status }) => `${service} ${what} -> ${status}`),
  }
}

function isGuarded(route: string, real: readonly RealRoute[]): boolean {
  const served = routeFor(route, real.map((one) => one.route))
  return real.find((one) => one.route === served)?.guarded ?? false
}

function statusesOf(claims: readonly Claim[]): readonly number[] {
  return sorted(claims.map(({ status }) => status))
}

function sorted(statuses: readonly number[]): readonly number[] {
  return [...new Set(statuses)].toSorted((a, b) => a - b)
}
