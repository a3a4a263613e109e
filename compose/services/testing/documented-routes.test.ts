// Documents, services and contract tests agree: what is documented is served and shown, and nothing is served or shown that nobody wrote down.
import { beforeAll, describe, expect, it } from 'vitest'
import { documentOf, readDocument, SERVICES, type ServiceDocument } from './documented-routes.ts'
import { realRoutesOf, type RealRoute } from './real-routes.ts'
import { cover } from './route-coverage.ts'
import type { Claim } from './route-claims.ts'
import { routeFor } from './route-match.ts'
import { claimedEverywhere } from './titles.ts'

const written = ({ documented, ours }: ServiceDocument) => [...documented.map(({ route }) => route), ...Object.keys(ours)]
/** Served by the kit. */
const KIT = ['GET /health', 'GET /health/ready', 'GET /metrics']

let claims: readonly Claim[]
const real = new Map<string, readonly RealRoute[]>()

beforeAll(async () => {
  claims = await claimedEverywhere()
  for (const service of SERVICES) real.set(service, await realRoutesOf(service))
}, 120_000)

describe.each(SERVICES)('%s', (service) => {
  const document = documentOf(service)
  const served = () => (real.get(service) ?? []).map(({ route }) => route)
  const coverage = () => cover(document, real.get(service) ?? [], claims.filter((claim) => claim.service === service))

  it('serves every route that is documented', () => {
    expect(written(document).filter((route) => routeFor(route.replace('ANY', 'GET'), [...served(), ...KIT]) === undefined)).toEqual([])
  })

  it('serves no route that nobody has written down', () => {
    expect(served().filter((route) => !written(document).includes(route))).toEqual([])
  })

  it('has a contract test for every documented answer, and for 401 wherever nobody gets in unknown', () => {
    const missing = coverage().rows.filter((row) => row.missing.length > 0)
    expect(missing.map(({ route, missing: statuses }) => `${route} -> ${statuses.join(' ')}`)).toEqual([])
  })

  it('has a contract test for a success of each of our own routes', () => {
    const own = coverage().rows.filter(({ kind }) => kind === 'ours')
    expect(own.filter(({ shown }) => !shown.some((status) => status < 300)).map(({ route }) => route)).toEqual([])
  })

  it('has no contract test of a route that nobody has written down', () => {
    expect(coverage().strangers).toEqual([])
  })
})

describe('the check itself', () => {
  const document = readDocument('sample', 'anywhere: 429\nroutes:\n  GET /a: 200 404\nours:\n  POST /b: because')
  const guarded: readonly RealRoute[] = [{ route: 'GET /a', guarded: true }, { route: 'POST /b', guarded: false }]
  const claim = (what: string, status: number): Claim => ({ service: 'sample', what, status })

  it('misses what no title claims', () => {
    const { rows } = cover(document, guarded, [claim('GET /a', 404), claim('POST /b', 201)])
    expect(rows.map(({ route, missing }) => [route, missing])).toEqual([['GET /a', [200, 401]], ['POST /b', []], ['any of them', [429]]])
  })

  it('is content when all is claimed, wherever', () => {
    const { rows, strangers } = cover(document, guarded, [claim('GET /a', 200), claim('GET /a', 401), claim('GET /a?x=y', 404), claim('POST /b', 429)])
    expect([rows.flatMap(({ missing }) => missing), strangers]).toEqual([[], []])
  })

  it('knows strangers, and that nothing may be said to be anywhere', () => {
    const { strangers } = cover(document, guarded, [claim('GET /c', 200), claim('GET /d', 404), claim('PUT /a', 405)])
    expect(strangers).toEqual(['sample GET /c -> 200'])
  })

  it.each([
    ['routes: { get /a: 200 }', "'get /a' is no route such as GET /samples/:id"],
    ['routes: { GET /a: ok }', 'statuses such as 200 404'],
    ['routes: { GET /a: { answers: 200, bodies: x } }', 'bodies'],
  ])('tells what is wrong with %s', (text, problem) => {
    expect(() => readDocument('sample', text)).toThrow(problem)
  })
})
