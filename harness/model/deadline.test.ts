// The derived deadlines, by hand, for one rule as shipped.
import { expect, test } from 'vitest'
import { deadlines } from './deadline.ts'

const rule = { windowMs: 300_000, depth: 1, intervalMs: 15_000, forMs: 600_000, keepFiringMs: 60_000 }

test('every wait on the way is counted once, but for the scrape, whose answer may take as long again', () => {
  // scrape 15 + answer 15 + window 300 + two evaluations 30 + slack 30 = 390; + for 600 + evaluation 15 = 1005
  // + group_interval 60 + send 2 = 1067; the end: 390 + keep_firing_for 60 = 450; + group_interval 60 + send 2 = 512
  expect(deadlines(rule, { groupWaitMs: 10_000, groupIntervalMs: 60_000 }, 15_000)).toEqual({
    pendingMs: 390_000,
    firingMs: 1_005_000,
    deliveredMs: 1_067_000,
    resolvedMs: 450_000,
    resolvedDeliveredMs: 512_000,
  })
})

test('delivery waits for the longer wait of the group, the resolution for its interval', () => {
  const limits = deadlines(rule, { groupWaitMs: 90_000, groupIntervalMs: 60_000 }, 15_000)
  expect(limits.deliveredMs - limits.firingMs).toBe(92_000)
  expect(limits.resolvedDeliveredMs - limits.resolvedMs).toBe(62_000)
})

test('without a receiver no group is waited for; slack is never under a second', () => {
  const fast = { windowMs: 0, depth: 0, intervalMs: 100, forMs: 0, keepFiringMs: 0 }
  expect(deadlines(fast, undefined, 250)).toEqual({
    pendingMs: 1_600,
    firingMs: 1_700,
    deliveredMs: 3_700,
    resolvedMs: 1_600,
    resolvedDeliveredMs: 3_600,
  })
})
