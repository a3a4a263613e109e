// Turned away, let in, dead, and a door that is shut for everybody.
import { expect, test } from 'vitest'
import { judgedBy } from '../testing/gate.ts'

const check = { kind: 'refused' as const, calls: [{ service: 'web', path: '/orders' as const }] }
const call = { service: 'web', method: 'GET', path: '/orders', ms: 3 }

test('turned away, while those who may are let in', () => {
  expect(judgedBy<'refused'>(check, [{ ...call, status: 401, honest: 200 }])).toMatchObject({ verdict: 'pass', because: '1 call refused' })
})

test('let in, or not found: that is no refusal', () => {
  expect(judgedBy<'refused'>(check, [{ ...call, status: 200 }])).toMatchObject({ verdict: 'fail', because: 'GET /orders of web answered 200' })
  expect(judgedBy<'refused'>(check, [{ ...call, status: 404 }]).verdict).toBe('fail')
})

test('who is told that there is no such thing was let in', () => {
  expect(judgedBy<'refused'>(check, [{ ...call, status: 401, honest: 404 }]).verdict).toBe('pass')
  expect(judgedBy<'refused'>({ ...check, status: [404] }, [{ ...call, status: 404, honest: 404 }]).verdict).toBe('inconclusive')
  expect(judgedBy<'refused'>(check, [{ ...call, status: 401, honest: 500 }]).verdict).toBe('inconclusive')
})

test('where nobody can show what they should, a refusal says nothing, and an open door all', () => {
  const nobody = 'nobody can register'
  expect(judgedBy<'refused'>(check, [{ ...call, status: 401, nobody }])).toMatchObject({ verdict: 'inconclusive', because: 'GET /orders of web may refuse everybody (nobody can register)' })
  expect(judgedBy<'refused'>(check, [{ ...call, status: 200, nobody }]).verdict).toBe('fail')
})

test('a service that refuses everybody, one that is dead, and one that nobody tried say nothing', () => {
  expect(judgedBy<'refused'>(check, [{ ...call, status: 401, honest: 401 }])).toMatchObject({ verdict: 'inconclusive', because: 'GET /orders of web answers 401 to those who may, too' })
  expect(judgedBy<'refused'>(check, [{ ...call, error: 'ECONNREFUSED' }]).because).toBe('GET /orders of web did not answer (ECONNREFUSED)')
  expect(judgedBy<'refused'>(check, []).because).toBe('GET /orders of web was not tried')
})
