// A title that is not true, and a body that lacks what is documented, are told.
import { expect, it } from 'vitest'
import { readDocument } from './documented-routes.ts'
import { claimsOf } from './route-claims.ts'
import { problemsOf, type SeenAnswer } from './seen-answers.ts'

const DOCUMENT = readDocument('sample', `
refusal: error message
routes:
  GET /samples: { answers: 200 400, body: 'data.samples data.rows[].id' }
  GET /health/ready: { answers: 200 503, body: status }
`)

const answer = (what: string, status: number, body?: unknown, service = 'sample'): SeenAnswer => ({ service, what, status, body })
const problems = (title: string, ...seen: readonly SeenAnswer[]) => {
  return claimsOf(title, '/x/services/sample/a.live.test.ts').flatMap((claim) => problemsOf(claim, seen, DOCUMENT))
}
const WHOLE = { data: { samples: null, rows: [{ id: 1 }, { id: 2 }] } }

it.each<[string, SeenAnswer]>([
  ['GET /samples -> 200: all', answer('GET /samples?page=1', 200, WHOLE)],
  ['GET /samples -> 400: as plain text', answer('GET /samples', 400)],
  ['GET /samples -> 400: in its own words', answer('GET /samples', 400, { error: 'x', message: 'y' })],
  ['GET /samples/:id -> 404: a route that is not documented', answer('GET /samples/7', 404, { error: 'x', message: 'y' })],
  ['GET /health/ready -> 503: no refusal, but a judgement', answer('GET /health/ready', 503, { status: 'not_ready' })],
  ['no title of a route', answer('GET /x', 500)],
])('%s: true', (title, seen) => {
  expect(problems(title, seen)).toEqual([])
})

it.each<[string, SeenAnswer, string]>([
  ['GET /samples -> 200', answer('GET /samples', 500), 'it gave GET /samples -> 500'],
  ['GET /samples -> 200', answer('POST /samples', 200, WHOLE), 'it gave POST /samples -> 200'],
  ['GET /samples/:id -> 200', answer('GET /samples', 200, WHOLE), 'it gave GET /samples -> 200'],
  ['GET /samples -> 200', answer('GET /samples', 200, WHOLE, 'auth'), 'it gave none'],
  ['GET /samples -> 200', answer('GET /samples', 200, { data: { rows: [] } }), 'has no field data.samples'],
  ['GET /samples -> 200', answer('GET /samples', 200, { data: { samples: 1, rows: [{ id: 1 }, {}] } }), 'has no field data.rows[].id'],
  ['GET /samples -> 400', answer('GET /samples', 400, { error: 'x' }), 'has no field message'],
])('%s: not true of %o', (title, seen, problem) => {
  const [told, ...more] = problems(title, seen)
  expect(told).toContain(problem)
  expect(more).toEqual([])
})

it('a title may claim more than one thing, and of a service it names', () => {
  const file = '/x/services/health.live.test.ts'
  expect(claimsOf('auth GET /health -> 200, storage GET /health/ready -> 503: x', file)).toEqual([
    { service: 'auth', what: 'GET /health', status: 200 },
    { service: 'storage', what: 'GET /health/ready', status: 503 },
  ])
  expect(claimsOf('and GET /health -> 200', file)).toEqual([])
  expect(claimsOf('and GET /health -> 200', '/x/services/rag-model/a.test.ts')).toEqual([{ service: 'rag-model', what: 'GET /health', status: 200 }])
})
