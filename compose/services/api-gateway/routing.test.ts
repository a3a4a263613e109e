// Endpoint names stay few.
import { expect, it } from 'vitest'
import { endpointOf } from './routing.ts'

it.each([
  ['/api/samples/7d1f0a52-0000-4000-8000-000000000000/status?x=1', '/api/samples/:id/status'],
  ['/api/samples/barcode/LAB-1', '/api/samples/barcode/:id'],
  ['/api/auth/login', '/api/auth/login'],
  ['/api/auth/made-up/a/b/c/d/e/f', '/api/auth/:id/:id/:id'],
])('%s counts as %s', (url, endpoint) => {
  expect(endpointOf(url)).toBe(endpoint)
})
