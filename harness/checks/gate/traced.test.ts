// Traces of all that was asked for, a service and a call that none shows, and no trace at all.
import { expect, test } from 'vitest'
import { aCheck, aFact, judgedBy } from '../testing/gate.ts'
import { traced } from './traced.ts'

const check = { kind: 'traced' as const, services: ['web'], edges: ['*->db'], spans: 3 }
const seen = { services: ['web', 'stock'], edges: ['web->stock', 'stock->db'], traces: 12, longest: 4 }

test('all of it', () => {
  expect(judgedBy<'traced'>(check, seen)).toMatchObject({ verdict: 'pass', because: '12 traces of 2 services, the longest of 4 spans' })
})

test('a service, a call, or a whole trace that is missing', () => {
  expect(judgedBy<'traced'>(check, { ...seen, services: [], edges: ['web->stock'], longest: 1 }).because).toBe('no span of web, no trace shows *->db, the longest trace has 1 span, wanted 3')
  expect(judgedBy<'traced'>(check, { services: [], edges: [], traces: 0, longest: 0 })).toMatchObject({ verdict: 'fail', because: 'there is no trace at all' })
})

test('a backend that did not answer is not one without traces', () => {
  const fact = aFact('traced', { services: [], edges: [], traces: 0, longest: 0 }, { covered: false, missing: 'Jaeger did not answer' })
  expect(traced.judge(aCheck<'traced'>(check), { facts: [fact], drills: [] }).verdict).toBe('inconclusive')
})
