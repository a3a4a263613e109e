// Public paths lead to the right place, and no two rules claim the same prefix.
import { expect, it } from 'vitest'
import { ROUTES, targetOf, upstreamUrls, UPSTREAMS } from './service-routes.ts'

it.each([
  ['/api/auth', '/api/auth/login', '/auth/login'],
  ['/api/validate', '/api/validate/token', '/validate/token'],
  ['/api/samples', '/api/samples?page=2', '/samples?page=2'],
  ['/api/samples', '/api/samples/barcode/a%2Fb', '/samples/barcode/a%2Fb'],
  ['/api/samples/rag', '/api/samples/rag/query', '/api/samples/rag/query'],
  ['/api/sequencing', '/api/sequencing/jobs/1?x', '/jobs/1?x'],
  ['/api/sequencing', '/api/sequencing?x', '/?x'],
  ['/api/events', '/api/events/publish', '/api/v1/events/publish'],
  ['/api/users', '/api/users/me', '/auth/me'],
])('under %s, %s is %s', (prefix, url, target) => {
  const rule = ROUTES.find((one) => one.prefix === prefix)
  expect(rule && targetOf(rule, url)).toBe(target)
})

it('every prefix stands once, and every service has one', () => {
  const prefixes = ROUTES.map(({ prefix }) => prefix)
  expect(new Set(prefixes).size).toBe(prefixes.length)
  expect(new Set(ROUTES.map(({ upstream }) => upstream))).toEqual(new Set(UPSTREAMS))
})

it('only the needed addresses must be there', () => {
  const problems: string[] = []
  const urls = upstreamUrls(['auth', 'sample'])({ AUTH_SERVICE_URL: 'http://auth:1/', RAG_SERVICE_URL: 'ftp://x' }, problems)
  expect([urls.auth, urls.storage]).toEqual(['http://auth:1', ''])
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['SAMPLE_SERVICE_URL', 'RAG_SERVICE_URL'])
})
