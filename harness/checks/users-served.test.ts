// What users get in a phase: all as promised passes, one wrong answer fails, and what nobody saw says nothing.
import { expect, test } from 'vitest'
import type { CriterionOf } from '../model/criterion.ts'
import type { LoadBucket } from '../model/evidence.ts'
import { blind, load } from './testing/evidence.ts'
import { aRecord } from './testing/records.ts'
import type { RecordChanges, Told } from './testing/records.ts'
import { usersServed } from './users-served.ts'

function judge(evidence: readonly Told[], wish: Partial<CriterionOf<'users-served'>> = {}, changes: RecordChanges = {}) {
  return usersServed.judge({ kind: 'users-served', ...wish }, aRecord({ evidence, ...changes }))
}

/** The usual load but for one second. */
const but = (at: number, change: Partial<LoadBucket>) => load((second) => (second === at ? change : {}))

test('passes when everybody is served in the phase, whatever happens outside it', () => {
  const seen = judge([but(30, { good: 0, bad: 20 })])
  expect(seen).toMatchObject({ verdict: 'pass', because: '100 % of 1200 operations answered as promised, p50 20 ms, p95 50 ms' })
  expect(judge([load()], { during: 'baseline' }).verdict).toBe('pass')
})

test('what was on its way when the load ended had no time to be answered', () => {
  expect(judge([but(178, { good: 5, unknown: 15 })], { during: 'recovery' }).verdict).toBe('pass')
})

test('some may be lost where the drill says so', () => {
  const some = but(70, { good: 10, bad: 10 })
  expect(judge([some]).verdict).toBe('fail')
  expect(judge([some], { good: 0.99 })).toMatchObject({ verdict: 'pass', because: expect.stringContaining('99.2 %') })
})

test.each<[string, ReturnType<typeof judge>, string]>([
  ['one wrong answer', judge([but(70, { good: 19, bad: 1 })]), 'the first of 1 other 10 s into it; wanted: all operations are answered as promised'],
  ['silence', judge([but(70, { good: 19, unknown: 1 })]), '99.9 % of 1200 operations answered as promised'],
  ['a low share', judge([but(70, { good: 0, bad: 20 })], { good: 0.99 }), 'wanted: at least 99 % of operations are answered as promised'],
  ['slowness', judge([load(() => ({ p95: 700 }))], { p95: '500ms' }), 'p95 700 ms; wanted: all operations are answered as promised, with a p95 of at most 500ms'],
  ['slowness of most', judge([load(() => ({ p50: 300 }))], { p50: '250ms', p95: '1s' }), 'with a p50 of at most 250ms and a p95 of at most 1s'],
])('fails: %s', (_, outcome, because) => {
  expect(outcome).toMatchObject({ verdict: 'fail', because: expect.stringContaining(because) })
})

test.each<[string, ReturnType<typeof judge>, string]>([
  ['no load', judge([]), 'no load was recorded'],
  ['blind', judge([blind(load())]), 'operations were not fully seen'],
  ['no such phase', judge([load()], {}, { phases: {} }), 'the fault phase never began'],
  ['nobody came', judge([load(() => ({ invoked: 0, good: 0 }))]), 'no operation ended in it'],
])('is inconclusive: %s', (_, outcome, because) => {
  expect(outcome).toMatchObject({ verdict: 'inconclusive', because: expect.stringContaining(because) })
})

test('says what it asks for', () => {
  expect(usersServed.describe({ kind: 'users-served', during: 'baseline' })).toBe('in the baseline phase all operations are answered as promised')
  expect(usersServed.describe({ kind: 'users-served', good: 0.999, p95: '1s' })).toBe(
    'in the fault phase at least 99.9 % of operations are answered as promised, with a p95 of at most 1s',
  )
})
