// Invariants of stored data: kept, kept in the end, broken, broken before, and not seen.
import { expect, test } from 'vitest'
import { invariantsHold } from './invariants-hold.ts'
import { blind, invariant } from './testing/evidence.ts'
import { aRecord } from './testing/records.ts'
import type { RecordChanges, Told } from './testing/records.ts'

type Outcome = ReturnType<typeof invariantsHold.judge>
type Case = readonly [name: string, outcome: Outcome, because: string]

/** Of two invariants, `positions` and `sagas`. */
function judge(evidence: readonly Told[], changes: RecordChanges = {}, only = ['positions', 'sagas']): Outcome {
  return invariantsHold.judge({ kind: 'invariants-hold', only }, aRecord({ evidence, ...changes }))
}

const sagas = invariant('sagas', [0], { judged: 40 })

test('passes when none is broken, with what was judged and when it was whole', () => {
  const outcome = judge([invariant('positions', [0], { when: 'before' }), invariant('positions', [0], { judged: 1_200 }), sagas])
  expect(outcome).toEqual({
    verdict: 'pass',
    because: '2 invariants hold (positions over 1200, sagas over 40), whole 100 ms after the load ended, at the first look',
    times: [{ name: 'end of load to whole', ms: 100, limitMs: 30_000 }],
    lines: [102, 103],
  })
})

test('passes when one settles in time, and says which', () => {
  expect(judge([invariant('positions', [3, 0]), sagas], { acceleration: 40 })).toMatchObject({
    verdict: 'pass',
    because:
      '2 invariants hold (sagas over 40), whole 4.1 s (2 min 44 s in production) after the load ended, at last; not yet at the first look: positions (3 violations)',
    times: [{ ms: 4_100, limitMs: 30_000 }],
  })
})

test('one that may take no time has no limit that anybody could be told', () => {
  const outcome = judge([invariant('positions', [0], { settleMs: 0 })], {}, ['positions'])
  expect(outcome).toMatchObject({ verdict: 'pass', because: '1 invariant holds, whole 100 ms after the load ended, at the first look' })
  expect(outcome.times).toEqual([{ name: 'end of load to whole', ms: 100 }])
})

test.each<Case>([
  [
    'at the first look and at the last',
    judge([invariant('positions', [2, 2]), sagas]),
    'positions: 2 violations 30.1 s after the load ended: K-1 (rows 1 and 2), K-2 (rows 2 and 3)',
  ],
  [
    'more than can be named',
    judge([invariant('positions', [7, 5]), invariant('sagas', [1, 1])]),
    'positions: 5 violations 30.1 s after the load ended (7 at the first look): K-1 (rows 1 and 2), K-2 (rows 2 and 3), K-3 (rows 3 and 4) and 2 more; ' +
      'sagas: 1 violation 30.1 s after the load ended: K-1 (rows 1 and 2)',
  ],
  [
    'more than before the load',
    judge([invariant('positions', [1], { when: 'before' }), invariant('positions', [2, 2]), sagas]),
    'positions: 2 violations 30.1 s after the load ended (1 before the load began): K-1 (rows 1 and 2), K-2 (rows 2 and 3)',
  ],
  [
    'although another was not looked at',
    judge([invariant('positions', [1, 1])]),
    'positions: 1 violation 30.1 s after the load ended: K-1 (rows 1 and 2)',
  ],
  [
    'although nothing is said to have been there to judge',
    judge([invariant('positions', [1, 1], { judged: 0 }), sagas]),
    'positions: 1 violation 30.1 s after the load ended: K-1 (rows 1 and 2)',
  ],
])('fails: %s', (_, outcome, because) => {
  expect(outcome).toMatchObject({ verdict: 'fail', because })
})

test.each<Case>([
  ['never looked at', judge([sagas]), 'positions was not looked at'],
  ['only before the load', judge([invariant('positions', [0], { when: 'before' }), sagas]), 'positions was not looked at'],
  ['never read', judge([blind(invariant('positions', [])), sagas]), 'positions could not be judged: Prometheus did not answer'],
  [
    'read once, then no more',
    judge([blind(invariant('positions', [2])), sagas]),
    'positions could not be judged, with 2 violations when last seen: Prometheus did not answer',
  ],
  ['an empty database', judge([invariant('positions', [0], { judged: 0 }), sagas]), 'positions had nothing to judge'],
  [
    'no more broken than before the load',
    judge([invariant('positions', [2], { when: 'before' }), invariant('positions', [2, 2]), sagas]),
    'positions was broken before the load began: 2 violations then, 2 now: K-1 (rows 1 and 2), K-2 (rows 2 and 3)',
  ],
  ['none is known', judge([sagas], {}, []), 'no invariant is known for sample-processing'],
])('is inconclusive: %s', (_, outcome, because) => {
  expect(outcome).toMatchObject({ verdict: 'inconclusive', because })
})

test('says what it stands for', () => {
  expect(invariantsHold.describe({ kind: 'invariants-hold', only: ['positions', 'sagas'] })).toBe('stored data keeps 2 invariants: positions, sagas')
  expect(invariantsHold.describe({ kind: 'invariants-hold' })).toBe('every invariant of stored data holds')
})
