// What the terminal shows of two runs: plain words, the reason of what is worse, and one line that sums it up.
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import type { Comparison } from '../model/comparison.ts'
import { comparisonForConsole } from './comparison.ts'

const head = { run: 'run-1', at: '2026-01-01T12:00:00.000Z', command: 'npx harness drill', runtime: 'local', acceleration: 40, verdict: 'pass' } as const
const [pass, fail, mixed] = [{ pass: 1, fail: 0, inconclusive: 0 }, { pass: 0, fail: 1, inconclusive: 0 }, { pass: 3, fail: 2, inconclusive: 0 }]
const comparison: Comparison = {
  before: head,
  after: { ...head, run: 'run-2', verdict: 'fail' },
  common: ['slow', 'crash'],
  phases: [],
  onlyBefore: ['quiet'],
  onlyAfter: [],
  notes: ['the rules are not the same: a.rules.yml'],
  changes: [
    { kind: 'drill', direction: 'worse', drill: 'slow', before: pass, after: fail, because: '1 of 2 criteria do not hold' },
    { kind: 'criterion', direction: 'worse', drill: 'slow', criterion: 'Slow fires', before: pass, after: fail, because: 'did not\u0007 fire' },
    { kind: 'drill', direction: 'worse', drill: 'crash', before: { ...pass, pass: 5 }, after: mixed, because: 'the drill broke off' },
    { kind: 'alert', direction: 'worse', drill: 'crash', alert: 'Down', before: 'silent', after: 'fired unasked' },
    { kind: 'time', direction: 'worse', drill: 'slow', alert: 'Slow', labels: { service: 'sample' }, time: 'detection', beforeMs: 20_000, afterMs: 41_000, samples: [5, 1], noiseMs: 15_000, noise: 'repeats' },
    { kind: 'run', direction: 'changed', drill: '', before: pass, after: fail, because: '2 of 2 drills failed' },
    { kind: 'time', direction: 'better', drill: 'slow', alert: 'Slow', time: 'reset', beforeMs: 60_000, afterMs: 5_000, samples: [1, 1], noiseMs: 15_000, noise: 'scrape and evaluations' },
  ],
  compared: { claims: 0, criteria: 7, times: 1 },
}

test('worst first, with the reason once', () => {
  expect(comparisonForConsole(comparison).split('\n')).toEqual([
    'before  run-1: pass, 2026-01-01 12:00 UTC, local, 40x, npx harness drill',
    'now     run-2: fail, 2026-01-01 12:00 UTC, local, 40x, npx harness drill',
    'note    the rules are not the same: a.rules.yml',
    '',
    'WORSE    slow: fail, before pass',
    'WORSE    slow: Slow fires: fail, before pass',
    '           did not fire',
    'WORSE    crash: 2 fail, 3 pass, before all 5 pass',
    '           the drill broke off',
    'WORSE    crash: Down fired unasked, before silent',
    'WORSE    slow: Slow{service=sample}, fault to firing: 41.0 s, before 20.0 s (median of 5): 21.0 s longer, noise is 15.0 s (repeats)',
    'CHANGED  the run: fail, before pass',
    'BETTER   slow: Slow, end of fault to resolved: 5.0 s, before 1 min: 55.0 s shorter, noise is 15.0 s (scrape and evaluations)',
    '',
    'Worse: 5 of it, 1 better, 1 otherwise changed (2 drills, 7 criteria, 1 time compared; not compared: only before: quiet)',
  ])
})

test('nothing changed, and nothing to compare', () => {
  expect(comparisonForConsole({ ...comparison, changes: [], notes: [], onlyBefore: [] })).toMatch(/drill\n\nNothing is worse, 0 better, 0 otherwise changed \(2 drills, /)
  expect(comparisonForConsole({ ...comparison, changes: [], common: [], onlyAfter: ['edges'] })).toContain('Not comparable: no drill was held by both runs; not compared: only before: quiet; only now: edges')
})

test('colours change nothing but colours', () => {
  const painted = comparisonForConsole(comparison, { colour: true })
  expect(painted).toContain('\u001B[31mWORSE  \u001B[0m')
  expect(stripVTControlCharacters(painted)).toBe(comparisonForConsole(comparison))
})
