// Which times of a drill count as quiet, and what breaks their silence.
import { describe, expect, test } from 'vitest'
import type { AnyCriterion } from '../model/criterion.ts'
import { quietWindowOf } from './quiet-window.ts'
import { alerts, blind, clock, spell } from './testing/evidence.ts'
import { aDrill, aRecord, at } from './testing/records.ts'
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
  ['others ran beside it', quiet(looked, { happenings: [{ type: 'drill-opened', drill: aDrill(), criteria: [], beside: ['quiet'] }] })],
  ['its load alone may set off alerts', quiet(looked, { drill: aDrill({ faults: [], allow: [{ alert: 'Slow' }] }), faults: [] })],
])('it does not count when %s', (_, window) => {
  expect(window).toBeUndefined()
})
