// The limits of each stage by hand: the other tests take them from the formula, so a mistake in it would move both.
import { expect, test } from 'vitest'
import { limitsOf } from './alert-limits.ts'
import { aRule, rules } from './testing/evidence.ts'

const expected = { kind: 'alert-fires', alert: 'SlowResponseTime', receiver: 'backend' } as const
const context = { rules: rules().value, acceleration: 1 }

test('derived: of scrapes, windows, evaluations, and the waits of the receiver', () => {
  expect(limitsOf(expected, [aRule], context)).toEqual({
    // scrape 1 + answer 1 + window 10 + two evaluations 2 + slack 2
    pending: 16_000,
    // + for 10 + evaluation 1
    firing: 27_000,
    // + group_interval 5, longer than group_wait 2, + send 2
    delivered: 34_000,
    resolved: 16_000,
    resolvedDelivered: 23_000,
  })
})

test('without a receiver only the sending is waited for', () => {
  const { delivered, resolvedDelivered } = limitsOf({ ...expected, receiver: undefined }, [aRule], context)
  expect([delivered, resolvedDelivered]).toEqual([29_000, 18_000])
})

test('of several rules the slowest counts, stage by stage', () => {
  const patient = { ...aRule, forMs: 30_000, windowMs: 0 }
  expect(limitsOf(expected, [aRule, patient], context)).toMatchObject({ pending: 16_000, firing: 37_000 })
})

test('an author can tighten a limit, not loosen it', () => {
  const within = { pending: '5s', firing: '1h' } as const
  expect(limitsOf({ ...expected, within }, [aRule], context)).toMatchObject({ pending: 5_000, firing: 27_000 })
})
