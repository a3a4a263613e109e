// Users served as promised, too slowly, too badly, too seldom, and none at all.
import { expect, test } from 'vitest'
import { judgedBy } from '../testing/gate.ts'

const check = { kind: 'load' as const, drill: 'day', p95: '100ms' as const, good: 0.999, rate: 10 }
const seen = { operations: 2_000, good: 2_000, seconds: 100, p95Ms: 40 }

test('as promised', () => {
  expect(judgedBy<'load'>(check, seen)).toMatchObject({ verdict: 'pass', because: '2000 operations at 20 a second, 100 % good, p95 40 ms' })
})

test.each([
  [{ p95Ms: 140 }, 'p95 was 140 ms, wanted 100ms'],
  [{ good: 1_990 }, '99.5 % of 2000 operations were answered as promised, wanted 99.9 %'],
  [{ seconds: 400 }, '5 operations a second, wanted 10'],
])('%o is not', (changes, because) => {
  expect(judgedBy<'load'>(check, { ...seen, ...changes })).toMatchObject({ verdict: 'fail', because })
})

test('without load nothing is said', () => {
  expect(judgedBy<'load'>(check, { operations: 0, good: 0, seconds: 100, p95Ms: NaN }).verdict).toBe('inconclusive')
})
