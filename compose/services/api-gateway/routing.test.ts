// Paths lead to the right place, and endpoint names stay few.
import { expect, it } from 'vitest'
import { endpointOf, ROUTES, targetOf } from './routing.ts'

it.each([
  ['/api/auth', '/api/auth/login', '/auth/login'],
  ['/api/validate', '/api/validate/token', '/validate/token'],
  ['/api/samples', '/api/samples?page=2', '/samples?page=2'],
  ['/api/samples', '/api/samples/barcode/a%2Fb', '/samples/barcode/a%2Fb'],
])('under %s, %s is %s', (prefix, url, target) => {
  const rule = ROUTES.find((one) => one.prefix === prefix)
  expect(rule && targetOf(rule, url)).toBe(target)
})

it.each([
  ['/api/samples/7d1f0a52-0000-4000-8000-000000000000/status?x=1', '/api/samples/:id/status'],
  ['/api/samples/barcode/LAB-1', '/api/samples/barcode/:id'],
  ['/api/auth/login', '/api/auth/login'],
  ['/api/auth/made-up/a/b/c/d/e/f', '/api/auth/:id/:id/:id'],
])('%s counts as %s', (url, endpoint) => {
  expect(endpointOf(url)).toBe(endpoint)
})
