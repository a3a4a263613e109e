// A review is decided once: of two decisions one is stored, and a third never is.
import { expect, test } from 'vitest'
import { judge } from './expectation.ts'
import * as qc from './qc-requests.ts'

const desk = { baseUrl: 'http://gateway', token: 't' }
const decided = { id: 'r', status: 'completed', decision: 'approved', completed_at: '2026-11-21T12:00:00Z' }
const conflict = { error: { code: 'CONFLICT' } }

test('a decision is a write of review and decision, also one that is too late', () => {
  expect(qc.decide(desk, 'r', 'approved').write).toEqual({ store: 'qc-decisions', key: 'r:approved' })
  expect(qc.decideAgain(desk, 'r').write).toEqual({ store: 'qc-decisions', key: 'r:rejected' })
})

test.each([
  ['first', qc.decide(desk, 'r', 'approved'), 200, decided, { type: 'acknowledged', good: true }],
  ['second', qc.decide(desk, 'r', 'approved'), 409, conflict, { type: 'failed', good: true }],
  ['first, but with another decision', qc.decide(desk, 'r', 'conditional'), 200, decided, { type: 'unknown', good: false }],
  ['third', qc.decideAgain(desk, 'r'), 409, conflict, { type: 'failed', good: true }],
  ['third, and overwrites', qc.decideAgain(desk, 'r'), 200, decided, { type: 'acknowledged', good: false }],
])('who comes %s', (_, asked, status, body, judgement) => {
  expect(judge(asked.expect, { status, body, error: '' })).toMatchObject(judgement)
})

test('each figure is looked at in its turn', () => {
  const asked = Array.from({ length: 5 }, (_, turn) => qc.figures(desk, turn).url)
  expect(new Set(asked).size).toBe(5)
  expect(asked).toEqual(asked.map(() => expect.stringMatching(/^http:\/\/gateway\/api\/qc\/\w/)))
})
