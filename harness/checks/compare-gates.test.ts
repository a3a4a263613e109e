// Claims of a phase between two runs: told only where both judged them, in the same profile.
import { expect, test } from 'vitest'
import type { GateHistory, RunHistory } from '../model/run-history.ts'
import type { Verdict } from '../model/verdict.ts'
import { compareRuns } from './compare-runs.ts'
import { historyOfRun } from './testing/histories.ts'

function gateOf(verdict: Verdict, claims: Readonly<Record<string, Verdict>>, changes: Partial<GateHistory> = {}): GateHistory {
  return { phase: 'phase-6', profile: 'nightly', verdict, because: 'so', claims: Object.entries(claims).map(([id, own]) => ({ id, weight: 'blocking', verdict: own, because: `${id} is ${own}` })), ...changes }
}

function judged(...gates: readonly GateHistory[]): RunHistory {
  return historyOfRun([], { gates })
}

test('a claim that turned, and the phase with it, worst first', () => {
  const found = compareRuns(judged(gateOf('pass', { a: 'pass', b: 'fail', c: 'pass' })), judged(gateOf('fail', { a: 'fail', b: 'pass', c: 'pass', d: 'pass' })))
  expect(found).toMatchObject({ common: [], phases: ['phase-6 (nightly)'], compared: { claims: 3 } })
  expect(found.changes.map(({ kind, direction, ...rest }) => [kind, direction, 'criterion' in rest ? rest.criterion : undefined, 'because' in rest ? rest.because : ''])).toEqual([
    ['phase', 'worse', undefined, 'so'],
    ['claim', 'worse', 'a', 'a is fail'],
    ['claim', 'better', 'b', 'b is pass'],
  ])
})

test('another profile, another phase, and histories that kept no claims say nothing', () => {
  const before = judged(gateOf('pass', { a: 'pass' }))
  expect(compareRuns(before, judged(gateOf('fail', { a: 'fail' }, { profile: 'smoke' })))).toMatchObject({ phases: [], changes: [] })
  expect(compareRuns(before, judged(gateOf('fail', { a: 'fail' }, { phase: 'phase-4' })))).toMatchObject({ phases: [], changes: [] })
  expect(compareRuns(judged(gateOf('pass', {}, { claims: undefined })), judged(gateOf('pass', { a: 'fail' })))).toMatchObject({ phases: ['phase-6 (nightly)'], changes: [], compared: { claims: 0 } })
})
