// Which route a request is for: the most exact one, as a router has it.
import { expect, it } from 'vitest'
import { routeFor } from './route-match.ts'

const ROUTES = ['GET /jobs', 'GET /jobs/:id', 'PUT /jobs/:id', 'GET /jobs/batch', 'ANY /api/samples/*', 'GET /api/samples/:id/x', 'ANY /api/samples/rag/*', 'GET /']

it.each([
  ['GET /jobs', 'GET /jobs'],
  ['GET /jobs?page=1', 'GET /jobs'],
  ['GET /jobs/7', 'GET /jobs/:id'],
  ['GET /jobs/:job_id', 'GET /jobs/:id'],
  ['GET /jobs/batch', 'GET /jobs/batch'],
  ['DELETE /api/samples', 'ANY /api/samples/*'],
  ['GET /api/samples/7/status', 'ANY /api/samples/*'],
  ['GET /api/samples/7/x', 'GET /api/samples/:id/x'],
  ['GET /api/samples/rag/query', 'ANY /api/samples/rag/*'],
  ['GET /', 'GET /'],
  ['DELETE /jobs/7', undefined],
  ['GET /jobs/7/8', undefined],
  ['GET /nowhere', undefined],
])('%s is %s', (asked, route) => {
  expect(routeFor(asked, ROUTES)).toBe(route)
})
