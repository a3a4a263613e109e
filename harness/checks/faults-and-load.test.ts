// The preconditions of every judgement: faults that really bit, and a system that was really driven.
import { describe, expect, test } from 'vitest'
import type { LoadBucket } from '../model/evidence.ts'
import { faultsProved } from './faults-proved.ts'
import { loadDelivered } from './load-delivered.ts'
import { blind, load } from './testing/evidence.ts'
import { aDrill, aFaultRecord, aRecord, at } from './testing/records.ts'
import type { RecordChanges } from './testing/records.ts'

describe('faults-proved', () => {
  const judge = (changes: RecordChanges = {}) => faultsProved.judge({ kind: 'faults-proved' }, aRecord(changes))

  test('passes when every fault was proved and proved gone', () => {
    expect(judge()).toMatchObject({
      verdict: 'pass',
      because: '1 fault proved and proved gone; latency on sample->postgres: 1504 ms (before: 3 ms)',
      lines: [11, 12],
    })
  })

  const gone = { what: 'asked for its greeting', before: '1504 ms', seen: '1502 ms', holds: false }
  test.each([
    ['never begun', [], 'fault 1, latency on sample->postgres, was never begun'],
    ['never applied', [aFaultRecord({ appliedAt: undefined })], 'latency on sample->postgres was never applied'],
    ['not proved', [aFaultRecord({ proof: undefined })], 'latency on sample->postgres was applied but never proved'],
    [
      'no bite',
      [aFaultRecord({ proof: { ...gone, seen: '3 ms', before: '3 ms' } })],
      'did not bite: asked for its greeting, saw 3 ms',
    ],
    ['never reverted', [aFaultRecord({ revertedAt: undefined })], 'was never reverted'],
    [
      'not proved gone',
      [aFaultRecord({ goneProof: undefined })],
      'was reverted 1 min after it was applied but never proved gone',
    ],
    ['not gone', [aFaultRecord({ goneProof: gone })], 'was not gone: asked for its greeting, saw 1502 ms'],
    [
      'one target of several',
      [aFaultRecord(), aFaultRecord({ target: 'auth->postgres', proof: undefined })],
      'latency on auth->postgres was applied but never proved',
    ],
  ])('is inconclusive, never fail: %s', (_, faults, because) => {
    expect(judge({ faults })).toMatchObject({ verdict: 'inconclusive', because: expect.stringContaining(because) })
  })
})

describe('load-delivered', () => {
  const judge = (evidence: RecordChanges['evidence'], changes: RecordChanges = {}) =>
    loadDelivered.judge({ kind: 'load-delivered', floor: 10 }, aRecord({ evidence, ...changes }))

  test('passes when every phase was driven', () => {
    const slow = load((second) => (second >= 60 && second < 120 ? { invoked: 12 } : {}))
    const because =
      '20/s in the baseline phase, 12/s in the fault phase, 20/s in the recovery phase; at least 10/s were needed'
    expect(judge([slow])).toMatchObject({ verdict: 'pass', because })
  })

  test('counts whole seconds only, and seconds without any operation too', () => {
    const sparse = load((second) =>
      second === 60 || second === 119 ? { invoked: 9_999 } : second % 2 ? { invoked: 0 } : {},
    )
    const phases = { ...aRecord().phases, fault: { from: at(60.5), to: at(119.5) } }
    const missing = {
      ...sparse,
      value: { ...sparse.value, buckets: sparse.value.buckets.filter(({ invoked }: LoadBucket) => invoked > 0) },
    }
    expect(judge([missing], { phases }).because).toContain('10/s in the fault phase')
  })

  test('a drill without faults needs no later phases', () => {
    const { baseline } = aRecord().phases
    expect(judge([load()], { drill: aDrill({ faults: [] }), faults: [], phases: { baseline } }).verdict).toBe('pass')
  })

  test.each<[string, ReturnType<typeof judge>, string]>([
    [
      'too little in one phase',
      judge([load((second) => (second >= 60 && second < 120 ? { invoked: 4 } : {}))]),
      'only 4/s in the fault phase; at least 10/s are needed in every phase',
    ],
    ['no load', judge([]), 'no load was recorded'],
    [
      'no recovery',
      judge([load()], { phases: { ...aRecord().phases, recovery: undefined } }),
      'the recovery phase never began',
    ],
    [
      'a blink',
      judge([load()], { phases: { ...aRecord().phases, fault: { from: at(60.2), to: at(61.1) } } }),
      'the fault phase holds no whole second',
    ],
    [
      'seen too late',
      judge([{ ...load(), value: { ...load().value, window: { from: at(30), to: at(180) } } }]),
      'operations were not looked at in the first 30.0 s',
    ],
    ['blind', judge([blind(load())]), 'operations were not fully seen: Prometheus did not answer'],
  ])('is inconclusive, never fail: %s', (_, outcome, because) => {
    expect(outcome).toMatchObject({ verdict: 'inconclusive', because: expect.stringContaining(because) })
  })
})
