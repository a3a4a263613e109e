// Some are turned away and told when to come back; the breaker refuses at once and lets through again.
import { expect, test } from 'vitest'
import { judgedBy } from '../testing/gate.ts'

const check = { kind: 'limits' as const, service: 'web', burst: { path: '/orders', calls: 100 }, breaker: { without: 'stock', path: '/stock', within: '1s' as const } }
const burst = { sent: 100, turnedAway: 40, unanswered: 0, toldWhen: 40 }
const breaker = { calls: 20, refused: 15, refusedMs: 4, recovered: true }

test('both as promised', () => {
  expect(judgedBy<'limits'>(check, { burst, breaker })).toMatchObject({ verdict: 'pass', because: '40 of 100 calls turned away; 15 of 20 calls refused, each within 4 ms' })
})

test.each([
  [{ burst: { ...burst, turnedAway: 0, toldWhen: 0 }, breaker }, 'none of 100 calls was turned away'],
  [{ burst: { ...burst, toldWhen: 30 }, breaker }, '10 of those turned away were not told when to come back'],
  [{ burst: { ...burst, unanswered: 1 }, breaker }, '1 call of the burst got no answer'],
  [{ burst, breaker: { ...breaker, refused: 0 } }, 'none of 20 calls was refused while stock was away'],
  [{ burst, breaker: { ...breaker, refusedMs: 5_000 } }, 'a refusal took 5.0 s'],
  [{ burst, breaker: { ...breaker, recovered: false } }, 'no call went through once stock was back'],
])('%o fails', (value, because) => {
  expect(judgedBy<'limits'>(check, value)).toMatchObject({ verdict: 'fail', because })
})

test('a burst that did not go out, and a breaker that was not tried, say nothing', () => {
  expect(judgedBy<'limits'>(check, { burst: { ...burst, sent: 50 }, breaker })).toMatchObject({ verdict: 'inconclusive', because: 'only 50 calls of the burst went out' })
  expect(judgedBy<'limits'>(check, { burst })).toMatchObject({ verdict: 'inconclusive', because: 'the breaker was not tried' })
})
