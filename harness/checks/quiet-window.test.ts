// Which times of a drill count as quiet, and what breaks their silence.
import { describe, expect, test } from 'vitest'
import type { AnyCriterion } from '../model/criterion.ts'
import type { DrillRecord } from '../model/record.ts'
import { quietWindowOf } from './quiet-window.ts'
import { alerts, blind, clock, spell } from './testing/evidence.ts'
import { aDrill, aFault, aRecord, at } from './testing/records.ts'
import type { RecordChanges, Told } from './testing/records.ts'

const nobody: AnyCriterion = { kind: 'others-silent', allow: [] }
const faultless = aDrill({ faults: [] })
const looked: readonly Told[] = [clock(), alerts()]

function quiet(evidence: readonly Told[], changes: RecordChanges = {}) {
  return quietWindowOf(aRecord({ evidence, criteria: [nobody], ...changes }))
}

test('the baseline of a drill with faults, the whole of one without', () => {
  expect(quiet(looked)).toEqual({ what: 'baseline', ms: 60_000, fired: [] })
  expect(quiet(looked, { drill: faultless, faults: [], phases: { baseline: { from: at(0), to: at(170) } } })).toEqual({ what: 'drill', ms: 170_000, fired: [] })
})

test('what fires in it is named, what fires after it is not', () => {
  expect(quiet([clock(), alerts(spell('firing', [30, 40]))])?.fired).toEqual(['SlowResponseTime'])
  expect(quiet([clock(), alerts(spell('pending', [30, 40]))])?.fired).toEqual([])
  expect(quiet([clock(), alerts(spell('firing', [80, 90]))])?.fired).toEqual([])
})

describe('an alert that may fire', () => {
  const firing = [clock(), alerts(spell('firing', [30, 40]))]
  const slow = { alert: 'SlowResponseTime' }

  test('in any drill does not break the silence', () => {
    expect(quiet(firing, { criteria: [{ kind: 'others-silent', allow: [slow] }] })?.fired).toEqual([])
  })

  test('on account of the fault alone does, for there is none yet', () => {
    expect(quiet(firing, { drill: aDrill({ allow: [slow] }), criteria: [{ kind: 'others-silent', allow: [slow] }] })?.fired).toEqual(['SlowResponseTime'])
    expect(quiet(firing, { criteria: [{ kind: 'alert-fires', ...slow }, { kind: 'others-silent', allow: [slow] }] })?.fired).toEqual(['SlowResponseTime'])
  })

  test('on both accounts does not', () => {
    expect(quiet(firing, { drill: aDrill({ allow: [slow] }), criteria: [{ kind: 'others-silent', allow: [slow, slow] }] })?.fired).toEqual([])
  })
})

test.each([
  ['nobody looked', quiet([clock()])],
  ['not all of it was seen', quiet([clock(), blind(alerts())])],
  ['the clocks were never compared', quiet([alerts()])],
  ['something was firing before it', quiet([clock(), alerts(spell('firing', [-20, 40]))])],
  ['the drill broke off', quiet(looked, { closed: undefined })],
  ['it never came to its baseline', quiet(looked, { phases: {} })],
  ['its load alone may set off alerts', quiet(looked, { drill: aDrill({ faults: [], allow: [{ alert: 'Slow' }] }), faults: [] })],
])('it does not count when %s', (_, window) => {
  expect(window).toBeUndefined()
})

describe('a drill beside it', () => {
  const beside = { happenings: [{ type: 'drill-opened', drill: aDrill(), criteria: [], beside: ['other'] }] } as const
  const reference = { index: 0, fault: aFault, target: 'auth' }
  const applying = (seconds: number) => {
    const other = aRecord({ id: 'other' })
    return { ...other, entries: [{ v: 1, seq: 1, at: at(seconds), type: 'fault-applying', undo: {} as never, ...reference }] } as DrillRecord
  }
  const besides = (other: DrillRecord) => quietWindowOf(aRecord({ evidence: looked, criteria: [nobody], ...beside }), [other])

  test('ends the silence when its fault began before this baseline was over', () => {
    expect(besides(applying(50))).toBeUndefined()
    expect(besides(applying(70))).toMatchObject({ ms: 60_000 })
  })

  test('ends it too when its load alone may set off alerts', () => {
    expect(besides(aRecord({ id: 'other', drill: faultless, faults: [] }))).toMatchObject({ ms: 60_000 })
    expect(besides(aRecord({ id: 'other', drill: aDrill({ faults: [], allow: [{ alert: 'Slow' }] }), faults: [] }))).toBeUndefined()
  })

  test('of another time is none', () => {
    expect(quietWindowOf(aRecord({ evidence: looked, criteria: [nobody] }), [applying(50)])).toMatchObject({ ms: 60_000 })
  })
})
