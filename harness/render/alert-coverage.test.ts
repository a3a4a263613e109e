// The table a terminal shows: what it says of each state, that it lines up, and that colours are asked for.
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import type { AlertCoverage, RuleCoverage } from '../model/alert-coverage.ts'
import { alertCoverageForConsole } from './alert-coverage.ts'

const rule = (changes: Partial<RuleCoverage>): RuleCoverage => ({ alert: 'Slow', file: 'a', line: 1, state: 'silent', unitTested: true, loadedIn: 0, firedIn: [], proofs: [], ...changes })
const proof = { run: 'run-9', drill: 'slow', acceleration: 10, detectionMs: 4_100, deliveryMs: 5_000, resetMs: 0, sameRoutes: false }
const coverage: AlertCoverage = {
  runs: { found: 6, counted: 2, leftOut: [{ why: 'had other rules', runs: ['run-1', 'run-2', 'run-3', 'run-4'] }], inPart: [{ why: 'had another a.rules.yml', runs: ['run-5'] }] },
  rules: [
    rule({ state: 'proven', proofs: [proof, proof] }),
    rule({ alert: 'Down', state: 'fired', unitTested: false, firedIn: [{ run: 'run-8', drill: 'crash' }] }),
    rule({ alert: 'Full', state: 'exempt', exemption: { alert: 'Full', reason: 'no disk', until: '2026-12-31' } }),
    rule({ alert: 'Odd', loadedIn: 1 }),
    rule({ alert: 'New', state: 'unloaded' }),
  ],
  faults: [
    { kind: 'crash', target: 'auth', state: 'alerts', applied: 2, watched: 2, heldMs: 480_000, alerts: [{ alert: 'Down', drills: 2 }, { alert: 'Slow', drills: 1 }] },
    { kind: 'outage', target: 'a->b', state: 'blind spot', applied: 1, watched: 1, heldMs: 60_000, alerts: [] },
  ],
  notes: ['the exemption of Old ran out on 2026-01-01 and does not count'],
}

test('rule by rule, fault by fault, and what it stands on', () => {
  expect(alertCoverageForConsole(coverage).split('\n')).toEqual([
    'rule  state     detection  delivery  reset  speed  shown by',
    'Slow  proven    41.0 s     50.0 s    0 ms   10x    slow in run-9, and 1 more',
    'Down  fired                                        crash in run-8; not unit-tested',
    'Full  exempt                                       until 2026-12-31: no disk',
    'Odd   silent                                       silent in 1 run',
    'New   unloaded                                     no run loaded it',
    'Times are those of production: measured, times the speed. A fault was held up to the time that is shown.',
    '',
    'fault   target  state       drills  held   alerts that fired under it',
    'crash   auth    alerts      2       8 min  Down, Slow (1)',
    'outage  a->b    blind spot  1       1 min',
    '',
    'the exemption of Old ran out on 2026-01-01 and does not count',
    'delivered by other routes than those of today: Slow',
    '5 rules: 1 proven, 1 fired, 1 exempt, 1 silent, 1 unloaded; 2 faults, 1 of them blind spots',
    '2 of 6 runs count',
    '  left out: 4 had other rules (run-2, run-3, run-4 and 1 more)',
    '  counted for other rules only: 1 had another a.rules.yml (run-5)',
  ])
})

test('colours change nothing but colours', () => {
  const painted = alertCoverageForConsole(coverage, { colour: true })
  expect(painted).toContain('\u001B[32mproven  \u001B[0m')
  expect(painted).toContain('\u001B[31mblind spot\u001B[0m')
  expect(stripVTControlCharacters(painted)).toBe(alertCoverageForConsole(coverage))
})

test('without runs there is no table of faults', () => {
  expect(alertCoverageForConsole({ ...coverage, faults: [] })).toContain('No fault was applied in these runs.')
})
