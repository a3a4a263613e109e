// Every alert that a drill neither expects nor allows is forbidden while it runs.
import { describe, expect, test } from 'vitest'
import type { AlertMatcher } from '../model/criterion.ts'
import { othersSilent } from './others-silent.ts'
import { alerts, blind, clock, delivery, snapshot, spell } from './testing/evidence.ts'
import { aDrill, aDrillThatChanges, aRecord, at } from './testing/records.ts'
import type { RecordChanges, Told } from './testing/records.ts'

const known: readonly Told[] = [clock(), snapshot()]
const allow: readonly AlertMatcher[] = [{ alert: 'SlowResponseTime', labels: { service: 'sample' } }]
const judge = (evidence: readonly Told[], allowed = allow, changes: RecordChanges = {}) =>
  othersSilent.judge({ kind: 'others-silent', allow: allowed }, aRecord({ evidence, ...changes }))

test('passes over silence, over what is allowed, and over what was only pending', () => {
  const allowed = spell('firing', [80, 100])
  const pending = spell('pending', [80, 100], { alert: 'HighErrorRate' })
  expect(judge([...known, alerts()])).toMatchObject({ verdict: 'pass', because: 'nothing else fired in 3 min' })
  expect(judge([...known, alerts(allowed, pending), delivery(85, 'firing')]).verdict).toBe('pass')
})

test('an allowed alert that was firing before is no news', () => {
  const old = { alert: 'SlowResponseTime', labels: { service: 'sample' } }
  expect(judge([clock(), snapshot(old), alerts(spell('firing', [-20, 180]))]).verdict).toBe('pass')
})

describe('a drill without faults is watched until its last phase ends, not until it is closed', () => {
  const closed = { v: 1, seq: 999, at: at(61.7), drillId: 'quiet', type: 'drill-closed', reason: 'completed' } as const
  const quiet = { drill: aDrill({ faults: [] }), faults: [], phases: { baseline: { from: at(0), to: at(60) } }, closed }
  const judgeQuiet = (until: number) => {
    const seen = alerts()
    const history = { ...seen, value: { ...seen.value, window: { from: at(0), to: at(until) } } }
    return othersSilent.judge({ kind: 'others-silent', allow }, aRecord({ ...quiet, evidence: [...known, history] }))
  }

  test('so a history up to then is whole', () => {
    expect(judgeQuiet(60)).toMatchObject({ verdict: 'pass', because: 'nothing else fired in 1 min' })
  })

  test('and one that ends as long before is not', () => {
    const because = 'alerts were not looked at in the last 1.7 s'
    expect(judgeQuiet(58.3)).toMatchObject({ verdict: 'inconclusive', because })
  })
})

describe('fails', () => {
  const stranger = spell('firing', [75, 90], { alert: 'HighErrorRate', labels: { service: 'auth' } })
  test.each<[string, ReturnType<typeof judge>, string]>([
    [
      'another alert',
      judge([...known, alerts(stranger)]),
      '1 unexpected alert fired: HighErrorRate{service=auth} in the fault phase, 15.0 s after the fault',
    ],
    [
      'the allowed alert of another service',
      judge([...known, alerts(spell('firing', [30, 40], { labels: { service: 'auth' } }))]),
      '1 unexpected alert fired: SlowResponseTime{service=auth} in the baseline phase, 30.0 s before the fault',
    ],
    [
      'known by its delivery alone',
      judge([...known, alerts(), delivery(81, 'firing', { alert: 'Down', labels: {} })]),
      '1 unexpected alert fired: Down in the fault phase, 20.0 s after the fault',
    ],
    [
      'seen although blind',
      judge([...known, blind(alerts(stranger))]),
      '1 unexpected alert fired: HighErrorRate{service=auth} in the fault phase, 15.0 s after the fault',
    ],
    [
      'beside an old one',
      judge([clock(), snapshot({ alert: 'Old' }), alerts(stranger)]),
      '1 unexpected alert fired: HighErrorRate{service=auth} in the fault phase, 15.0 s after the fault',
    ],
  ])('%s', (_, outcome, because) => {
    expect(outcome).toMatchObject({ verdict: 'fail', because })
  })
})

const failing = { ...alerts(), value: { ...alerts().value, groups: [{ group: 'g', intervalMs: 1_000, evaluations: 180, longestGapMs: 1_010, failed: true as const }] } }

test('of a group that the drill itself changes nothing more can be known, and that is said', () => {
  expect(judge([...known, failing], allow, { drill: aDrillThatChanges('g') })).toMatchObject({ verdict: 'pass', because: 'nothing else fired in 3 min; the silence of group g, which the fault changes, proves nothing' })
})

describe('is inconclusive', () => {
  const late = alerts()
  test.each<[string, ReturnType<typeof judge>, string]>([
    [
      'firing in the snapshot',
      judge([clock(), snapshot({ alert: 'Old' }), alerts(spell('firing', [-9, 180], { alert: 'Old', labels: {} }))]),
      'Old was firing before anything was done',
    ],
    [
      'firing before the baseline',
      judge([...known, alerts(spell('firing', [-9, 20], { alert: 'Old', labels: {} }))]),
      'Old was firing before anything was done',
    ],
    [
      'delivered again, but old',
      judge([
        ...known,
        alerts(),
        {
          probe: 'delivery',
          covered: true,
          value: {
            receiver: 'x',
            groupKey: '',
            notifications: [{ alert: 'Old', status: 'firing', labels: {}, annotations: {}, startsAt: at(-50) }],
          },
        },
      ]),
      'Old was firing before anything was done',
    ],
    ['no snapshot', judge([clock(), alerts()]), 'nobody looked which alerts were firing before the fault'],
    ['no history', judge([...known]), 'no alert history was recorded'],
    ['no clock', judge([snapshot(), alerts()]), 'the clock of Prometheus was never compared with ours'],
    ['blind: history', judge([...known, blind(alerts())]), 'alerts were not fully seen: Prometheus did not answer'],
    [
      'blind: the end',
      judge([...known, { ...late, value: { ...late.value, window: { from: at(0), to: at(170) } } }]),
      'alerts were not looked at in the last 10.0 s',
    ],
    [
      'blind: the evaluations',
      judge([
        ...known,
        {
          ...late,
          value: { ...late.value, groups: [{ group: 'g', intervalMs: 1_000, evaluations: 0, longestGapMs: 0 }] },
        },
      ]),
      'rule group g was never evaluated',
    ],
    ['a rule failed', judge([...known, failing]), 'Prometheus failed to evaluate a rule of group g'],
    ['a rule failed in a group that the drill leaves alone', judge([...known, failing], allow, { drill: aDrillThatChanges('other') }), 'failed to evaluate a rule of group g'],
    [
      'blind: the sink',
      judge([...known, alerts(), [100, blind(delivery(100, 'firing')[1])]]),
      'deliveries were not fully seen',
    ],
  ])('%s', (_, outcome, because) => {
    expect(outcome).toMatchObject({ verdict: 'inconclusive', because: expect.stringContaining(because) })
  })
})
