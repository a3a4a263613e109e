// Last night is compared with the night before it, and not with the one drill somebody ran at noon.
import { expect, test } from 'vitest'
import type { RunHistory } from '../model/run-history.ts'
import { runBefore } from './run-before.ts'
import { drillOf, historyOfRun } from './testing/histories.ts'

function held(run: string, names: string, changes: Partial<RunHistory> = {}): RunHistory {
  return historyOfRun([...names].map((name) => drillOf({ id: name, name })), { run, ...changes })
}

const gate = (profile: string) => ({ gates: [{ phase: 'phase-6', profile, verdict: 'pass' as const }] })

test('the newest earlier run with half of the drills or more, in any order of the list', () => {
  const all = [held('3', 'abcd'), held('1', 'abcd'), held('2', 'abc'), held('4', 'd')]
  expect(runBefore(held('5', 'abcd'), all)?.run).toBe('3')
  expect(runBefore(held('3', 'abcd'), all)?.run).toBe('2')
  expect(runBefore(held('5', 'd'), all)?.run).toBe('4')
})

test('a run of one drill is no match for a night that held it too, and the other way round', () => {
  expect(runBefore(held('5', 'a'), [held('1', 'abcd')])).toBeUndefined()
  expect(runBefore(held('5', 'abcd'), [held('1', 'a')])).toBeUndefined()
})

test('a gate is held against the same gate; without drills in common there is nothing to compare', () => {
  const all = [held('1', 'ab', gate('nightly')), held('2', 'ab'), held('3', 'ab', gate('smoke'))]
  expect(runBefore(held('5', 'ab', gate('nightly')), all)?.run).toBe('1')
  expect(runBefore(held('5', 'ab'), all)?.run).toBe('2')
  expect(runBefore(held('5', ''), [held('1', '')])).toBeUndefined()
  expect(runBefore(held('1', 'ab'), all)).toBeUndefined()
})
