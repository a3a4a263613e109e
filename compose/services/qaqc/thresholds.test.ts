// Thresholds: values at, inside and outside of their bounds, and what they make of the whole.
import { expect, it } from 'vitest'
import { isWithin, statusOf, worthOf, type Worth } from './thresholds.ts'

const BOUNDS = {
  warning_threshold_low: 2,
  warning_threshold_high: 100,
  fail_threshold_low: 1,
  fail_threshold_high: 200,
}
const LOW_ONLY = { ...BOUNDS, warning_threshold_high: null, fail_threshold_high: null }

it.each<[number, typeof BOUNDS | typeof LOW_ONLY, Worth]>([
  [0.9, BOUNDS, 'fail'],
  [1, BOUNDS, 'warning'],
  [2, BOUNDS, 'pass'],
  [100, BOUNDS, 'pass'],
  [100.1, BOUNDS, 'warning'],
  [201, BOUNDS, 'fail'],
  [1e9, LOW_ONLY, 'pass'],
])('%d in %j is a %s', (value, thresholds, worth) => {
  expect(worthOf(value, thresholds)).toBe(worth)
})

it.each<[Worth[], string]>([
  [['pass', 'pass'], 'passed'],
  [[], 'passed'],
  [['pass', 'warning'], 'conditional'],
  [['warning', 'fail', 'pass'], 'failed'],
])('%j is %s', (worths, status) => {
  expect(statusOf(worths)).toBe(status)
})

it.each<[number | null, number | null, number, boolean]>([
  [11, 10, 10, true],
  [9, 10, 10, true],
  [11.1, 10, 10, false],
  [null, 10, 10, true],
  [5, null, 10, true],
  [0, 0, 10, true],
  [1, 0, 10, false],
])('%s for %s within %d %%: %s', (measured, expected, tolerance, within) => {
  expect(isWithin(measured, expected, tolerance)).toBe(within)
})
