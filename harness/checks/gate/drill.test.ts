// A claim that a drill has put to the test: passed, failed, not run, broken off, and silent on what is asked.
import { expect, test } from 'vitest'
import { aCheck, aGateDrill } from '../testing/gate.ts'
import { drill } from './drill.ts'

const crash = aGateDrill('crash', { 'alert-fires': 'pass', recovers: 'pass' }, { tags: ['smoke'] })
const slow = aGateDrill('slow', { 'alert-fires': 'fail', recovers: 'pass' }, { tags: ['smoke'] })
const judged = (check: Parameters<typeof aCheck<'drill'>>[0], ...drills: (typeof crash)[]) => drill.judge(aCheck<'drill'>(check), { drills, facts: [] })

test('a drill that passed, by name and by tag', () => {
  expect(judged({ kind: 'drill', drills: ['crash'] }, crash, slow)).toMatchObject({ verdict: 'pass', because: '1 drill passed: crash', lines: [3, 3] })
  expect(judged({ kind: 'drill', tag: 'smoke' }, crash).verdict).toBe('pass')
})

test('one that failed, and that kind of its criteria which did not', () => {
  expect(judged({ kind: 'drill', tag: 'smoke' }, crash, slow)).toMatchObject({ verdict: 'fail', because: 'slow: it is fail', lines: [3] })
  expect(judged({ kind: 'drill', tag: 'smoke', criterion: 'alert-fires' }, crash, slow)).toMatchObject({ verdict: 'fail', because: 'slow: alert-fires is fail' })
  expect(judged({ kind: 'drill', tag: 'smoke', criterion: 'recovers' }, crash, slow).verdict).toBe('pass')
})

test('every repeat of a drill counts', () => {
  const again = aGateDrill('crash', { 'alert-fires': 'fail' }, { id: 'crash#2' })
  expect(judged({ kind: 'drill', drills: ['crash'] }, crash, again)).toMatchObject({ verdict: 'fail', because: 'crash#2: it is fail' })
})

test('a drill that was not run, beside one that was', () => {
  expect(judged({ kind: 'drill', drills: ['crash', 'outage'] }, crash)).toMatchObject({ verdict: 'inconclusive', because: 'outage was not run' })
  expect(judged({ kind: 'drill', tag: 'smoke' })).toMatchObject({ verdict: 'inconclusive', because: 'no drill with the tag smoke was run' })
})

test('a drill that broke off, and one that says nothing of what is asked', () => {
  const broken = aGateDrill('crash', {}, { verdict: 'inconclusive', because: 'never started' })
  expect(judged({ kind: 'drill', drills: ['crash'], criterion: 'recovers' }, broken)).toMatchObject({ verdict: 'inconclusive', because: 'crash: never started' })
  expect(judged({ kind: 'drill', drills: ['crash'], criterion: 'edges-match' }, crash)).toMatchObject({ verdict: 'inconclusive', because: 'crash says nothing of edges-match' })
})
