// Per kind: what counts as a bite, what does not, and what could never show one.
import { describe, expect, test } from 'vitest'
import type { Fault } from '../model/fault.ts'
import { looksFor } from './chance.ts'
import type { FaultKind, Sight } from './fault-kind.ts'
import { faultKinds } from './index.ts'

const BEFORE: Sight = {
  outcome: 'answered',
  connectMs: 1,
  firstByteMs: 2,
  totalMs: 3,
  closeMs: 0,
  bytes: 6_000,
  chunks: 1,
  sent: 6_000,
}
const REFUSED: Sight = { outcome: 'refused', totalMs: 1, bytes: 0, chunks: 0, sent: 0 }
const CLOSED: Sight = { outcome: 'closed', connectMs: 1, totalMs: 2, bytes: 0, chunks: 0, sent: 6_000 }
const RESET: Sight = { ...CLOSED, outcome: 'reset' }
const SILENT: Sight = { ...CLOSED, outcome: 'silent', totalMs: 1_000 }
const on = { edge: 'a->b', for: '1m' } as const

function judgeOf(fault: Fault) {
  return (faultKinds[fault.kind] as FaultKind<Fault>).judge(fault)
}

interface Case {
  readonly fault: Fault
  readonly bite: Sight
  /** Sights that must not count as a bite: the untouched answer is always among them. */
  readonly others: readonly Sight[]
}

const CASES: readonly Case[] = [
  {
    fault: { kind: 'latency', latency: '1500ms', ...on },
    bite: { ...BEFORE, firstByteMs: 1_502, totalMs: 1_503 },
    others: [{ ...BEFORE, firstByteMs: 900 }, SILENT, REFUSED],
  },
  {
    fault: { kind: 'latency', latency: '100ms', jitter: '100ms', ...on },
    bite: { ...BEFORE, firstByteMs: 60 },
    others: [{ ...BEFORE, firstByteMs: 40 }],
  },
  {
    fault: { kind: 'bandwidth', rate: 40, ...on },
    bite: { ...BEFORE, totalMs: 152 },
    others: [{ ...BEFORE, totalMs: 50 }, SILENT],
  },
  {
    fault: { kind: 'bandwidth', rate: 10, direction: 'upstream', ...on },
    bite: { ...BEFORE, bytes: 9, totalMs: 602 },
    others: [{ ...BEFORE, totalMs: 100 }],
  },
  { fault: { kind: 'bandwidth', rate: 0, ...on }, bite: SILENT, others: [CLOSED, REFUSED] },
  { fault: { kind: 'timeout', ...on }, bite: SILENT, others: [CLOSED, { ...REFUSED, outcome: 'silent' }] },
  { fault: { kind: 'timeout', after: '500ms', ...on }, bite: { ...CLOSED, totalMs: 501 }, others: [CLOSED, SILENT] },
  { fault: { kind: 'timeout', after: '1h', ...on }, bite: SILENT, others: [CLOSED] },
  { fault: { kind: 'reset_peer', ...on }, bite: RESET, others: [SILENT, REFUSED, { ...BEFORE, outcome: 'reset' }] },
  { fault: { kind: 'reset_peer', after: '400ms', ...on }, bite: { ...RESET, totalMs: 401 }, others: [RESET] },
  { fault: { kind: 'slicer', size: 100, ...on }, bite: { ...BEFORE, chunks: 20 }, others: [{ ...BEFORE, chunks: 2 }] },
  {
    fault: { kind: 'slicer', size: 500, delay: '5ms', direction: 'upstream', ...on },
    bite: { ...BEFORE, totalMs: 60 },
    others: [{ ...BEFORE, chunks: 20 }],
  },
  {
    fault: { kind: 'limit_data', bytes: 500, ...on },
    bite: { ...BEFORE, bytes: 500 },
    others: [{ ...BEFORE, bytes: 500, closeMs: undefined }, SILENT, REFUSED],
  },
  { fault: { kind: 'limit_data', bytes: 500, direction: 'upstream', ...on }, bite: CLOSED, others: [SILENT, REFUSED] },
  {
    fault: { kind: 'slow_close', delay: '400ms', ...on },
    bite: { ...BEFORE, closeMs: 401 },
    others: [
      { ...BEFORE, closeMs: 200 },
      { ...BEFORE, closeMs: undefined },
    ],
  },
  { fault: { kind: 'outage', ...on }, bite: REFUSED, others: [SILENT] },
  {
    fault: { kind: 'crash', service: 'b', for: '1m' },
    bite: { ...REFUSED, state: 'stopped' },
    others: [
      { ...REFUSED, state: 'running' },
      { ...BEFORE, state: 'stopped' },
    ],
  },
  {
    fault: { kind: 'freeze', service: 'b', for: '1m' },
    bite: { ...SILENT, state: 'frozen' },
    others: [
      { ...SILENT, state: 'running' },
      { ...BEFORE, state: 'frozen' },
    ],
  },
]

describe.each(CASES)('$fault', ({ fault, bite, others }) => {
  const judge = judgeOf(fault)
  const untouched: Sight = { ...BEFORE, state: 'running' }

  test('can be seen, and the bite is one', () => {
    expect(judge.blind(BEFORE)).toBeUndefined()
    expect(judge.bites(BEFORE, bite)).toBe(true)
    expect(judge.gone(BEFORE, bite)).toBe(false)
  })

  test('an untouched answer is no bite, and gone', () => {
    expect(judge.bites(BEFORE, untouched)).toBe(false)
    expect(judge.gone(BEFORE, untouched)).toBe(true)
  })

  test.each(others)('no bite: %j', (other) => {
    expect(judge.bites(BEFORE, other)).toBe(false)
  })
})

test.each<[Fault, string]>([
  [{ kind: 'latency', latency: '1ms', ...on }, 'cannot be told from noise'],
  [{ kind: 'bandwidth', rate: 1_000_000, ...on }, '6000 bytes pass 1000000 KB/s within 10 ms'],
  [{ kind: 'slicer', size: 9_000, ...on }, '6000 bytes are not cut by slices of 9000 bytes'],
  [{ kind: 'slicer', size: 10, direction: 'upstream', ...on }, 'only if they delay it'],
  [{ kind: 'limit_data', bytes: 6_000, ...on }, 'an exchange of 6000 bytes stays below the limit of 6000'],
  [{ kind: 'slow_close', delay: '1ms', ...on }, 'cannot be told from noise'],
  [{ kind: 'timeout', toxicity: 0, ...on }, 'toxicity 0 hits no connection'],
])('what could never be seen is said: %j', (fault, reason) => {
  expect(judgeOf(fault).blind(BEFORE)).toContain(reason)
})

test('a connection that stays open cannot be closed late', () => {
  expect(judgeOf({ kind: 'slow_close', delay: '1s', ...on }).blind({ ...BEFORE, closeMs: undefined })).toContain(
    'stayed open',
  )
})

test('more looks where chance or noise is involved', () => {
  const plain = { toxicity: 1, strengthMs: 1_500, steady: true }
  expect(looksFor(plain)).toEqual({ looks: 1, enough: 1, atOnce: 1 })
  expect(looksFor({ ...plain, strengthMs: 20 })).toEqual({ looks: 5, enough: 5, atOnce: 1 })
  expect(looksFor({ ...plain, steady: false })).toEqual({ looks: 10, enough: 6, atOnce: 8 })
  expect(looksFor({ ...plain, toxicity: 0.5 })).toEqual({ looks: 7, enough: 1, atOnce: 8 })
  expect(looksFor({ ...plain, toxicity: 0.001 })).toEqual({ looks: 100, enough: 1, atOnce: 8 })
  expect(looksFor({ toxicity: 0.3, strengthMs: 20, steady: true })).toEqual({ looks: 39, enough: 6, atOnce: 8 })
})
