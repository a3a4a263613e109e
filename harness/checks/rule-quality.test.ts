// Recall, precision, times, flapping and quiet windows of a rule, and which runs count for it.
import { describe, expect, test } from 'vitest'
import type { CoveredRule } from '../model/alert-coverage.ts'
import type { RuleQuality } from '../model/rule-quality.ts'
import type { RunHistory } from '../model/run-history.ts'
import { qualityOf } from './rule-quality.ts'
import type { Measuring } from './rule-quality.ts'
import { anAlert, asked, drillOf, firedIn, historyOfRun, repeats } from './testing/histories.ts'

const rule: CoveredRule = { alert: 'Slow', labels: {}, file: 'alerts/a.rules.yml', line: 1, sources: { 'alerts/a.rules.yml': 'sha-1' } }
const measured = (runs: readonly RunHistory[], changes: Partial<Measuring> = {}) => qualityOf(runs, { rules: [rule], anyRules: false, unread: [], ...changes })
const slow = (...runs: readonly RunHistory[]): RuleQuality | undefined => measured(runs).rules[0]

describe('recall', () => {
  test('is how often it fired of how often it was asked to', () => {
    expect(slow(historyOfRun([firedIn(20, 25, undefined)]))).toMatchObject({ asked: 3, fired: 2, recall: 2 / 3 })
  })

  test('does not count what nobody could judge', () => {
    const unclear = drillOf({ alerts: [anAlert({ asked: [asked(20, { verdict: 'inconclusive' }), asked(30)] })] })
    expect(slow(historyOfRun([unclear]))).toMatchObject({ asked: 1, fired: 1, recall: 1, detection: { samples: 1, medianMs: 30_000 } })
  })

  test('counts what fired late as fired', () => {
    expect(slow(historyOfRun([drillOf({ alerts: [anAlert({ asked: [asked(120, { verdict: 'fail' })] })] })]))).toMatchObject({ recall: 1, detection: { leastLeft: -0.2 } })
  })

  test('is not said of a rule that nobody asked for', () => {
    const one = slow(historyOfRun([drillOf()]))
    expect(one).toMatchObject({ asked: 0, fired: 0, falseAlarms: [], flapped: 0 })
    expect([one?.recall, one?.precision, one?.detection]).toEqual([undefined, undefined, undefined])
  })
})

describe('precision', () => {
  const unasked = drillOf({ id: 'other', name: 'other', alerts: [anAlert({ unasked: 4 })] })

  test('counts a drill once in which it fired unasked, whatever its label sets, and names it', () => {
    expect(slow(historyOfRun([firedIn(20), firedIn(20), firedIn(20), unasked]))).toMatchObject({ precision: 0.75, falseAlarms: [{ run: 'run-1', drill: 'other' }] })
  })

  test('is 0 of a rule that only ever fired unasked', () => {
    expect(slow(historyOfRun([unasked]))).toMatchObject({ precision: 0, asked: 0 })
  })

  test('leaves out what was allowed, or was firing before', () => {
    expect(slow(historyOfRun([firedIn(20), drillOf({ alerts: [anAlert({ allowed: 1 }), anAlert({ early: 1 })] })]))).toMatchObject({ precision: 1, falseAlarms: [] })
  })
})

test('times are those of production, of runs at other speeds too', () => {
  const fast = historyOfRun([drillOf({ alerts: [anAlert({ asked: [asked(2, { detection: { ms: 2_000, limitMs: 5_000 }, delivery: { ms: 3_000 }, reset: { ms: 500 } })] })] })], { acceleration: 40 })
  const both = measured([fast, historyOfRun([firedIn(60)])])
  expect(both.accelerations).toEqual([1, 40])
  expect(both.rules[0]).toMatchObject({
    detection: { samples: 2, medianMs: 70_000, high: 'highest', highMs: 80_000, allowed: { leastMs: 100_000, mostMs: 200_000 }, leastLeft: 0.4 },
    delivery: { samples: 1, medianMs: 120_000 },
    reset: { samples: 1, medianMs: 20_000 },
  })
})

test('flaps add up', () => {
  const flapping = drillOf({ alerts: [anAlert({ flapped: 2 })] })
  expect(slow(historyOfRun(repeats(flapping, flapping)))?.flapped).toBe(4)
})

describe('quiet windows', () => {
  const quiet = (...fired: readonly string[]) => drillOf({ quiet: { what: 'baseline', ms: 60_000, fired } })

  test('are counted, with those in which something fired', () => {
    const all = measured([historyOfRun([quiet(), quiet('Slow'), quiet('Other'), drillOf()], { acceleration: 10 })])
    expect(all.quiet).toEqual({ watched: 3, fired: 2, ms: 1_800_000 })
    expect(all.rules[0]?.quiet).toEqual({ watched: 3, fired: 1 })
  })

  test('say nothing of a rule that was not loaded', () => {
    expect(slow(historyOfRun([quiet()], { loaded: {} }))?.quiet).toEqual({ watched: 0, fired: 0 })
  })
})

describe('a run', () => {
  const old = historyOfRun([firedIn(20)], { run: 'old', rules: { 'alerts/a.rules.yml': 'sha-0' } })

  test('counts only with the rules of today, unless others are asked for', () => {
    const strict = measured([old, historyOfRun([firedIn(30)], { rules: {} }), historyOfRun([])])
    expect(strict.rules[0]?.asked).toBe(0)
    expect(strict.runs).toMatchObject({ found: 3, counted: 0, leftOut: [{ why: 'had other rules', runs: ['old'] }, { why: 'recorded no rules' }, { why: 'held no drill' }] })
    expect(measured([old], { anyRules: true }).rules[0]).toMatchObject({ asked: 1, detection: { samples: 1 } })
  })

  test('counts for the rules that it had, and its quiet windows for none but these', () => {
    const other = { ...rule, alert: 'Other', sources: { 'alerts/b.rules.yml': 'sha-2' } }
    const partly = measured([historyOfRun([{ ...firedIn(20), quiet: { what: 'baseline', ms: 1, fired: [] } }])], { rules: [rule, other] })
    expect(partly.rules).toMatchObject([{ asked: 1, quiet: { watched: 1 } }, { asked: 0, quiet: { watched: 0 } }])
    expect(partly.runs.inPart).toEqual([{ why: 'had another alerts/b.rules.yml', runs: ['run-1'] }])
    expect(partly.quiet.watched).toBe(0)
  })

  test('that cannot be read is counted as found', () => {
    expect(measured([], { unread: [{ run: 'torn', why: 'cannot be read' }] }).runs).toEqual({ found: 1, counted: 0, leftOut: [{ why: 'cannot be read', runs: ['torn'] }], inPart: [] })
  })

  test('of old may show rules that are no more', () => {
    const gone = historyOfRun([drillOf({ alerts: [anAlert({ alert: 'Gone', unasked: 1 })] })])
    expect(measured([gone], { anyRules: true }).rules.map(({ alert }) => alert)).toEqual(['Slow', 'Gone'])
  })
})
