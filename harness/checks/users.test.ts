// What users and owners of data get: values within bounds, nothing lost, and a recovery in time.
import { describe, expect, test } from 'vitest'
import type { CriterionOf } from '../model/criterion.ts'
import { nothingLost } from './nothing-lost.ts'
import { recovers } from './recovers.ts'
import { blind, clock, load, store, value } from './testing/evidence.ts'
import { aFaultRecord, aRecord, at } from './testing/records.ts'
import type { RecordChanges, Told } from './testing/records.ts'
import { valueHolds } from './value-holds.ts'

type Case<T> = readonly [name: string, outcome: T, because: string]

describe('value-holds', () => {
  type Bounds = Partial<CriterionOf<'value-holds'>>
  const judge = (evidence: readonly Told[], bounds: Bounds = { atLeast: 1 }, clocks = [clock()]) =>
    valueHolds.judge({ kind: 'value-holds', query: 'up', ...bounds }, aRecord({ evidence: [...clocks, ...evidence] }))

  test('passes when every point holds', () => {
    expect(judge([value([1, 1.5, 2])])).toMatchObject({
      verdict: 'pass',
      because: '3 points of 1 series between 1 and 2, at least 1',
    })
  })

  test.each([3_000, -3_000])('passes by the clock of Prometheus put right, %i ms ahead of ours', (ahead) => {
    const window = { from: at(60) + ahead, to: at(120) + ahead }
    expect(judge([value([1], { window })], { atLeast: 1 }, [clock(ahead)]).verdict).toBe('pass')
  })

  test.each<Case<ReturnType<typeof judge>>>([
    [
      'below',
      judge([value([1, 0.25, 0.5])]),
      '2 of 3 points not at least 1: 0.25 for {service=sample} 1.0 s into the fault phase',
    ],
    [
      'above',
      judge([value([1, 3])], { atMost: 2 }),
      '1 of 2 points not at most 2: 3 for {service=sample} 1.0 s into the fault phase',
    ],
    [
      'seen although blind',
      judge([blind(value([0]))]),
      '1 of 1 point not at least 1: 0 for {service=sample} 0 ms into the fault phase',
    ],
  ])('fails: %s', (_, outcome, because) => {
    expect(outcome).toMatchObject({ verdict: 'fail', because })
  })

  test.each<Case<ReturnType<typeof judge>>>([
    ['never recorded', judge([]), 'the value was never recorded in the fault phase'],
    [
      'another phase',
      judge([value([1])], { atLeast: 1, during: 'recovery' }),
      'the value was never recorded in the recovery phase',
    ],
    ['no series', judge([value([], { series: [] })]), '`up` matches nothing'],
    ['no number', judge([value([1, Number.NaN, 1])]), '1 point of a series held no number'],
    ['holes', judge([value([1, 1], { expectedPoints: 60 })]), 'only 2 of 60 moments have a value'],
    ['no clock', judge([value([1])], { atLeast: 1 }, []), 'the clock of Prometheus was never compared with ours'],
    ['no bound', judge([value([1])], {}), 'the criterion names no bound'],
    [
      'another window',
      judge([value([1], { window: { from: at(80), to: at(120) } })]),
      'values were not looked at in the first 20.0 s',
    ],
    ['blind', judge([blind(value([1]))]), 'values were not fully seen: Prometheus did not answer'],
  ])('is inconclusive: %s', (_, outcome, because) => {
    expect(outcome).toMatchObject({ verdict: 'inconclusive', because })
  })
})

describe('nothing-lost', () => {
  const judge = (...evidence: readonly Told[]) =>
    nothingLost.judge({ kind: 'nothing-lost', scenario: 'sample-processing' }, aRecord({ evidence }))

  test('passes when all acknowledged writes are there once; unknown ones are counted', () => {
    const outcome = judge(store(['acknowledged', 1, 900], ['failed', 0, 7], ['unknown', 0, 2], ['unknown', 1, 3]))
    expect(outcome).toMatchObject({
      verdict: 'pass',
      because: 'samples: 900 acknowledged writes stored once, none of 7 refused, and 3 of 5 with unknown outcome',
    })
  })

  test.each<Case<ReturnType<typeof judge>>>([
    [
      'lost',
      judge(store(['acknowledged', 1, 8], ['acknowledged', 0, 2])),
      'samples: 2 of 10 acknowledged writes lost (such as S-1, S-2)',
    ],
    [
      'stored twice',
      judge(store(['acknowledged', 'more', 2])),
      'samples: 2 of 2 acknowledged writes stored more than once (such as S-1, S-2)',
    ],
    [
      'refused and stored',
      judge(store(['acknowledged', 1, 8], ['failed', 1, 2])),
      'samples: 2 refused writes stored all the same (such as S-1, S-2)',
    ],
    [
      'lost although blind',
      judge(blind(store(['acknowledged', 0, 2]))),
      'samples: 2 of 2 acknowledged writes lost (such as S-1, S-2)',
    ],
  ])('fails: %s', (_, outcome, because) => {
    expect(outcome).toMatchObject({ verdict: 'fail', because })
  })

  test.each<Case<ReturnType<typeof judge>>>([
    ['never read', judge(), 'no store was read for sample-processing'],
    [
      'nothing acknowledged',
      judge(store(['unknown', 0, 5])),
      'no write to samples was acknowledged, so none could be lost',
    ],
    ['blind', judge(blind(store(['acknowledged', 1, 5]))), 'samples was not fully read: Prometheus did not answer'],
  ])('is inconclusive: %s', (_, outcome, because) => {
    expect(outcome).toMatchObject({ verdict: 'inconclusive', because })
  })
})

describe('recovers', () => {
  const judge = (evidence: readonly Told[], within: '10s' | '2m' = '10s', changes: RecordChanges = {}) =>
    recovers.judge({ kind: 'recovers', within }, aRecord({ evidence, ...changes }))
  const badUntil = (end: number) =>
    load((second) => (second >= 60 && second < end ? { good: 5, bad: 15, p95: 900 } : {}))

  test('passes at the first second from which all is steady', () => {
    expect(judge([badUntil(124)])).toMatchObject({
      verdict: 'pass',
      because:
        'recovered 4.0 s after the fault ended, wanted within 10.0 s; steady for the 56 s that were watched from then on',
      times: [{ name: 'end of fault to recovered', ms: 4_000, limitMs: 10_000 }],
    })
  })

  test('divides the deadline, but not below what can be seen', () => {
    const because =
      'recovered 1.0 s (30.0 s in production) after the fault ended, wanted within 2.0 s (1 min in production), the least this can be judged by; steady for the 59 s that were watched from then on'
    expect(judge([badUntil(121)], '10s', { acceleration: 30 })).toMatchObject({ verdict: 'pass', because })
  })

  test.each([
    [50, 300],
    [400, 800],
  ])('a p95 of %i ms before may be %i ms after: 250 ms more, or twice as much', (before, most) => {
    const after = (p95: number) => judge([load((second) => ({ p95: second < 60 ? before : p95 }))])
    expect(after(most).verdict).toBe('pass')
    expect(after(most + 1)).toMatchObject({ verdict: 'fail', because: expect.stringContaining(`may be ${most} ms`) })
  })

  test.each<Case<ReturnType<typeof judge>>>([
    ['late', judge([badUntil(140)]), 'recovered 20.0 s after the fault ended, wanted within 10.0 s'],
    [
      'relapse',
      judge([load((second) => (second === 150 ? { bad: 5, good: 15 } : {}))]),
      'recovered 31.0 s after the fault ended, wanted within 10.0 s',
    ],
    [
      'still slow',
      judge([load((second) => (second >= 60 ? { p95: 301 } : {}))]),
      'not recovered when the watch ended: in its last 3 s 100 % good (needs 99 %), p95 301 ms (may be 300 ms); wanted within 10.0 s',
    ],
    [
      'standstill',
      judge([load((second) => (second >= 120 ? { good: 0 } : {}))]),
      'not recovered when the watch ended: no operation ended in its last 3 s; wanted within 10.0 s',
    ],
  ])('fails: %s', (_, outcome, because) => {
    expect(outcome).toMatchObject({ verdict: 'fail', because })
  })

  const until = (seconds: number): RecordChanges => ({
    phases: { ...aRecord().phases, recovery: { from: at(120), to: at(seconds) } },
  })
  test.each<Case<ReturnType<typeof judge>>>([
    ['no load', judge([]), 'no load was recorded'],
    ['no end', judge([load()], '10s', { faults: [] }), 'no fault ever ended, so nothing could recover from it'],
    [
      'not gone',
      judge([load()], '10s', { faults: [aFaultRecord({ goneProof: undefined })] }),
      'latency on sample->postgres was reverted 1 min after it was applied but never proved gone',
    ],
    [
      'no baseline',
      judge([load((second) => (second < 60 ? { good: 0 } : {}))]),
      'no operation ended in the baseline, so there is nothing to recover to',
    ],
    ['too short a tail', judge([load()], '10s', until(122)), 'only 2 s were watched after the fault'],
    [
      'watched too shortly',
      judge([badUntil(180)], '2m'),
      'not recovered after 1 min: in its last 3 s 25 % good (needs 99 %), p95 900 ms (may be 300 ms); wanted within 2 min, so let the recovery phase last longer',
    ],
    ['blind', judge([blind(load())]), 'operations were not fully seen: Prometheus did not answer'],
  ])('is inconclusive: %s', (_, outcome, because) => {
    expect(outcome).toMatchObject({ verdict: 'inconclusive', because })
  })
})
