// The table of routes: what counts as shown, and how it reads.
import { expect, it } from 'vitest'
import { readDocument } from './documented-routes.ts'
import { cover } from './route-coverage.ts'
import { counted, lastOf, provenClaims, routeTable, type RunnerReport } from './route-table.ts'

const DOCUMENT = readDocument('rag-model', 'routes:\n  GET /a: { answers: 200 404, body: x y, note: a | b }\nours: { POST /b: because }')
const report = (...tests: readonly (readonly [title: string, status: string])[]): RunnerReport => ({
  startTime: Date.UTC(2026, 0, 2),
  testResults: [{ name: '/x/services/rag-model/a.live.test.ts', status: 'passed', assertionResults: tests.map(([title, status]) => ({ title, status })) }],
})

it('only what passed is shown', () => {
  const account = report(['GET /a -> 200', 'passed'], ['GET /a -> 404: none', 'failed'], ['GET /a -> 401', 'skipped'], ['starts', 'passed'])
  expect(provenClaims(account)).toEqual([{ service: 'rag-model', what: 'GET /a', status: 200 }])
})

it('a page of one service', () => {
  const account = report(['GET /a -> 200', 'passed'], ['POST /b -> 201', 'passed'])
  const real = [{ route: 'GET /a', guarded: false }, { route: 'POST /b', guarded: true }]
  const page = routeTable([cover(DOCUMENT, real, provenClaims(account))], account)
  expect(page).toContain('Made by `npm run routes` on 2026-01-02: 2 tests passed, 0 failed.')
  expect(page).toContain('**0 of 1 documented routes**')
  expect(page.split('\n').filter((line) => line.startsWith('|'))).toEqual([
    '| route | wanted | shown | missing | body |  |',
    '| --- | --- | --- | --- | --- | --- |',
    '| `GET /a` | 200 404 | 200 | **404** | 2 fields | a \\| b |',
    '| `POST /b` | 401 | 201 | **401** |  | ours: because |',
  ])
})

it('of a file that ran twice the last run counts', () => {
  const [first, second] = [report(['GET /a -> 200', 'failed'], ['x', 'passed']), report(['GET /a -> 200', 'passed'])]
  const both = lastOf([first, { ...second, startTime: first.startTime + 1 }])
  expect([both.startTime - first.startTime, counted(both, 'passed'), counted(both, 'failed')]).toEqual([1, 1, 0])
})
