// The derived deadlines, by hand, for one rule as shipped.
import { expect, test } from 'vitest'
import { deadlines } from './deadline.ts'

const rule = { windowMs: 300_000, depth: 1, intervalMs: 15_000, forMs: 600_000, keepFiringMs: 60_000 }

test('every wait on the way is counted once', () => {
  expect(deadlines(rule, { groupWaitMs: 10_000, groupIntervalMs: 60_000 }, 15_000)).toEqual({
    pendingMs: 375_000,
    firingMs: 990_000,
    deliveredMs: 1_002_000,
    resolvedMs: 435_000,
    resolvedDeliveredMs: 497_000,
  })
})

test('without a receiver no group is waited for; slack is never under a second', () => {
  const fast = { windowMs: 0, depth: 0, intervalMs: 100, forMs: 0, keepFiringMs: 0 }
  expect(deadlines(fast, undefined, 250)).toEqual({
    pendingMs: 1_350,
    firingMs: 1_450,
    deliveredMs: 3_450,
    resolvedMs: 1_350,
    resolvedDeliveredMs: 3_350,
  })
})
