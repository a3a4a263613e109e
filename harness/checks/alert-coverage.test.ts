// Every state that a rule and a fault can be in, and which runs count for them.
import { describe, expect, test } from 'vitest'
import { rulesBelow } from '../model/alert-coverage.ts'
import type { CoveredRule, RuleCoverage } from '../model/alert-coverage.ts'
import type { CriterionOf } from '../model/criterion.ts'
import type { RunRecord } from '../model/record.ts'
import { coverageOf } from './alert-coverage.ts'
import type { Beside } from './alert-coverage.ts'
import { seenIn } from './coverage-of-run.ts'
import { alerts, blind, clock, delivery, rules, snapshot, spell } from './testing/evidence.ts'
import { aFaultRecord, aRecord, aRun, at } from './testing/records.ts'
import type { RecordChanges, Told } from './testing/records.ts'

const FILE = 'alerts/services.rules.yml'
const slow: CoveredRule = { alert: 'SlowResponseTime', labels: { severity: 'page' }, file: FILE, line: 3, sources: { [FILE]: 'sha-1' } }
const expected: CriterionOf<'alert-fires'> = { kind: 'alert-fires', alert: slow.alert, receiver: 'backend' }
const known: readonly Told[] = [clock(), snapshot(), rules()]
const chain = alerts(spell('pending', [70, 79]), spell('firing', [80, 125]))
const whole: readonly Told[] = [...known, chain, delivery(83, 'firing'), delivery(131, 'resolved')]
const test1 = { alert: slow.alert, labels: { severity: 'page', service: 'sample' } }
const exemption = { alert: slow.alert, reason: 'this machine is never slow', until: '2026-11-21' }

function runOf(evidence: readonly Told[], changes: RecordChanges = {}, digests: Readonly<Record<string, string>> = { [FILE]: 'sha-1', routes: 'sha-r' }): RunRecord {
  const run = aRun({ drills: [aRecord({ evidence, criteria: [expected], ...changes })] })
  return { ...run, opened: { ...run.opened, digests } }
}

function covered(runs: readonly RunRecord[], beside: Partial<Beside> = {}) {
  const today = { rules: beside.rules ?? [slow], routes: 'sha-r' }
  return coverageOf(runs.map((run) => seenIn(run, today)), { rules: today.rules, expected: [], exemptions: [], day: '2026-11-21', ...beside })
}

function ruleOf(runs: readonly RunRecord[], beside: Partial<Beside> = {}): RuleCoverage | undefined {
  return covered(runs, beside).rules[0]
}

describe('a rule is', () => {
  test('proven, with run, drill and times, when the whole chain passed', () => {
    const rule = ruleOf([runOf(whole)])
    expect(rule?.state).toBe('proven')
    expect(rule?.proofs).toEqual([{ run: 'run-1', drill: 'slow-database', acceleration: 1, detectionMs: 20_000, deliveryMs: 23_000, resetMs: 6_000, sameRoutes: true }])
  })

  test.each([
    ['the finding failed: nobody was told', runOf([...known, chain])],
    ['it came too late', runOf(whole, { criteria: [{ ...expected, within: { firing: '1s' } }] })],
    ['the drill broke off', runOf(whole, { closed: undefined })],
    ['nobody asked for delivery', runOf(whole, { criteria: [{ ...expected, receiver: undefined }] })],
    ['nobody asked for its end', runOf(whole, { criteria: [{ ...expected, resolves: false }] })],
    ['no drill expected it', runOf(whole, { criteria: [] })],
  ])('only fired when %s', (_, run) => {
    expect(ruleOf([run])).toMatchObject({ state: 'fired', firedIn: [{ run: 'run-1', drill: 'slow-database' }], proofs: [] })
  })

  test('fired, too, when Prometheus is mute and only the receiver knows', () => {
    expect(ruleOf([runOf([...known, delivery(83, 'firing')])])?.state).toBe('fired')
  })

  test('unit-tested only, silent or unloaded when it never fired', () => {
    const pending = runOf([...known, alerts(spell('pending', [70, 79]))])
    expect(ruleOf([pending], { expected: [test1] })).toMatchObject({ state: 'unit-tested only', loadedIn: 1 })
    expect(ruleOf([pending])).toMatchObject({ state: 'silent', loadedIn: 1 })
    expect(ruleOf([runOf([])])).toMatchObject({ state: 'unloaded', loadedIn: 0 })
  })

  test('not unit-tested by a test of its namesake', () => {
    expect(ruleOf([], { expected: [{ ...test1, labels: { severity: 'ticket' } }] })).toMatchObject({ state: 'unloaded', unitTested: false })
  })

  test('not proven by its namesake either', () => {
    const rule = { ...slow, labels: { severity: 'ticket' } }
    expect(ruleOf([runOf(whole)], { rules: [rule] })?.state).toBe('unloaded')
  })
})

describe('an exemption', () => {
  test('counts to the end of its last day', () => {
    expect(ruleOf([], { exemptions: [exemption] })).toMatchObject({ state: 'exempt', exemption })
  })

  test('does not count after it, and that is said', () => {
    const late = covered([], { exemptions: [exemption], day: '2026-11-22' })
    expect(late.rules[0]).toMatchObject({ state: 'unloaded', exemption: undefined })
    expect(late.notes).toEqual(['the exemption of SlowResponseTime ran out on 2026-11-21 and does not count'])
  })

  test('is not needed for what is proven', () => {
    const proven = covered([runOf(whole)], { exemptions: [exemption] })
    expect(proven.rules[0]?.state).toBe('proven')
    expect(proven.notes).toEqual(['the exemption of SlowResponseTime is not needed any more: it is proven'])
  })
})

describe('a run', () => {
  test('counts for nothing when it had other rules, or recorded none', () => {
    const { runs, rules: [rule], faults } = covered([runOf(whole, {}, { [FILE]: 'sha-0' }), runOf(whole, {}, {})])
    expect(runs).toMatchObject({ found: 2, counted: 0, leftOut: [{ why: 'had other rules', runs: ['run-1'] }, { why: 'recorded no rules', runs: ['run-1'] }] })
    expect([rule?.state, faults]).toEqual(['unloaded', []])
  })

  test('counts for some rules when another file was another one, a recording rule below included', () => {
    const deep = { ...slow, sources: { [FILE]: 'sha-1', 'alerts/records.rules.yml': 'sha-2' } }
    const partly = covered([runOf(whole)], { rules: [slow, deep] })
    expect(partly.rules.map(({ state }) => state)).toEqual(['proven', 'unloaded'])
    expect(partly.runs).toMatchObject({ counted: 1, inPart: [{ why: 'had another alerts/records.rules.yml' }] })
  })

  test('says when it went by other routes', () => {
    expect(ruleOf([runOf(whole, {}, { [FILE]: 'sha-1' })])?.proofs[0]?.sameRoutes).toBe(false)
  })

  test('that is newer is named first', () => {
    const older = runOf(whole)
    const newer = { ...older, opened: { ...older.opened, run: 'run-2' } }
    expect(ruleOf([older, newer])?.proofs.map(({ run }) => run)).toEqual(['run-2', 'run-1'])
  })
})

describe('a fault', () => {
  const quiet = [...known, alerts()]
  const latency = { kind: 'latency', target: 'sample->postgres' }

  test('has the alerts that fired while it held, and in how many of its drills', () => {
    const [fault] = covered([runOf(whole, { acceleration: 10 }), runOf(quiet)]).faults
    expect(fault).toEqual({ ...latency, state: 'alerts', applied: 2, watched: 2, heldMs: 600_000, alerts: [{ alert: slow.alert, drills: 1 }] })
  })

  test('is a blind spot when none did', () => {
    expect(covered([runOf(quiet)]).faults).toMatchObject([{ ...latency, state: 'blind spot', alerts: [] }])
    expect(covered([runOf([...known, alerts(spell('firing', [130, 140]))])]).faults).toMatchObject([{ state: 'blind spot' }])
  })

  test.each([
    ['it was not proved', runOf(quiet, { faults: [aFaultRecord({ proof: undefined })] })],
    ['Prometheus was not seen throughout', runOf([...known, blind(alerts())])],
    ['nobody looked', runOf(known)],
    ['a rule of today was not there', runOf(quiet), [slow, { ...slow, sources: { other: 'sha-9' } }]],
  ])('says nothing when %s', (_, run, all = [slow]) => {
    expect(covered([run], { rules: all }).faults).toMatchObject([{ state: 'not seen', applied: 1, watched: 0 }])
  })

  test('that was never applied is none, and each of several has its own time', () => {
    expect(covered([runOf(quiet, { faults: [aFaultRecord({ appliedAt: undefined })] })]).faults).toEqual([])
    const second = aFaultRecord({ target: 'auth->postgres', appliedAt: at(60), revertedAt: at(70) })
    expect(covered([runOf(whole, { faults: [aFaultRecord(), second] })]).faults.map(({ target, state }) => [target, state])).toEqual([['auth->postgres', 'blind spot'], ['sample->postgres', 'alerts']])
  })
})

test('a level names every rule below it', () => {
  const states = ['proven', 'exempt', 'fired', 'unit-tested only', 'silent', 'unloaded'] as const
  const coverage = { ...covered([]), rules: states.map((state) => ({ ...slow, state, unitTested: true, loadedIn: 0, firedIn: [], proofs: [] })) }
  const below = (level: 'proven' | 'fired' | 'tested') => rulesBelow(coverage, level).map(({ state }) => state)
  expect(below('proven')).toEqual(states.slice(2))
  expect(below('fired')).toEqual(states.slice(3))
  expect(below('tested')).toEqual(states.slice(4))
})
