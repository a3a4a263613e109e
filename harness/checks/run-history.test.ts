// What is kept of a run: readable again, small, and the same criterion found again after it was reworded.
import { expect, test } from 'vitest'
import type { AnyCriterion } from '../model/criterion.ts'
import { runHistorySchema } from '../model/run-history.ts'
import { judgeRun } from './judge.ts'
import { GATE } from '../render/testing/gate.ts'
import { historyOf } from './run-history.ts'
import { alerts, clock, delivery, rules, snapshot, spell } from './testing/evidence.ts'
import { aRecord, aRun } from './testing/records.ts'

const expected: AnyCriterion = { kind: 'alert-fires', alert: 'SlowResponseTime', receiver: 'backend' }
const chain = alerts(spell('pending', [70, 79]), spell('firing', [80, 125]))
const evidence = [clock(), snapshot(), rules(), chain, delivery(83, 'firing'), delivery(131, 'resolved')]

function kept(criteria: readonly AnyCriterion[]) {
  const run = aRun({ drills: [aRecord({ evidence, criteria })], planned: ['slow-database', 'next'] })
  const digests = { 'alerts/a.rules.yml': 'sha-1', 'chaos/slow-database.ts': 'sha-2' }
  const record = { ...run, opened: { ...run.opened, seed: 'abc', digests } }
  return historyOf(record, judgeRun(record))
}

test('verdicts, reasons of what is no pass, times, rules and what they were loaded with', () => {
  const history = kept([expected, { kind: 'nothing-lost', scenario: 'auth' }])
  expect(runHistorySchema.parse(JSON.parse(JSON.stringify(history)))).toEqual(history)
  expect(history).toMatchObject({ run: 'run-1', at: '2026-01-01T11:59:30.000Z', seed: 'abc', verdict: 'inconclusive', rules: { 'alerts/a.rules.yml': 'sha-1' }, scrapeMs: 1_000, loaded: { SlowResponseTime: 1_000 } })
  expect(history.rules).not.toHaveProperty('chaos/slow-database.ts')
  expect(history.drills).toMatchObject([
    {
      id: 'slow-database',
      watched: true,
      criteria: [{ key: 'alert-fires alert=SlowResponseTime receiver=backend', verdict: 'pass' }, { key: 'nothing-lost scenario=auth', verdict: 'inconclusive', because: expect.any(String) }],
      alerts: [{ alert: 'SlowResponseTime', asked: [{ fired: true, detection: { ms: 20_000 } }] }],
      quiet: { what: 'baseline', fired: [] },
    },
    { id: 'next', watched: false, criteria: [], alerts: [] },
  ])
  expect(history.drills[0]?.criteria[0]).not.toHaveProperty('because')
})

test('a threshold does not change what a criterion asks of; two of the same thing are told apart', () => {
  const keys = (...criteria: readonly AnyCriterion[]) => kept(criteria).drills[0]?.criteria.map(({ key }) => key)
  const value = (atMost: number): AnyCriterion => ({ kind: 'value-holds', query: 'up', atMost })
  expect(keys(value(1))).toEqual(keys(value(2)))
  expect(keys(value(1), value(2))).toEqual(['value-holds query=up', 'value-holds query=up#2'])
  expect(keys({ kind: 'others-silent', allow: [] })).toEqual(keys({ kind: 'others-silent', allow: [{ alert: 'Slow' }] }))
})

test('a run that never had a stack is kept too', () => {
  const record = aRun({ drills: [], planned: ['slow-database'] })
  const history = historyOf(record, judgeRun(record))
  expect(history).toMatchObject({ loaded: {}, drills: [{ id: 'slow-database', verdict: 'inconclusive' }] })
  expect(runHistorySchema.safeParse(history).success).toBe(true)
})

test('a gate: its verdict, and each claim that was judged, with the reason of what is no pass', () => {
  const run = aRun({ drills: [aRecord({ evidence })] })
  const history = historyOf(run, judgeRun(run), [GATE])
  expect(runHistorySchema.parse(JSON.parse(JSON.stringify(history)))).toEqual(history)
  expect(history.gates).toMatchObject([{ phase: 'phase-1', profile: 'smoke', verdict: 'fail', because: GATE.because }])
  expect(history.gates?.[0]?.claims?.map(({ id, verdict, because }) => [id, verdict, because])).toEqual([
    ['shop-opens', 'pass', undefined],
    ['shop-pays', 'fail', 'till | drawer is *not* part of the stack'],
    ['shop-counts', 'inconclusive', 'nobody looked'],
    ['shop-shines', 'fail', 'lamp is stopped'],
  ])
})
