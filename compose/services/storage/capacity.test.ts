// Capacity: where the levels begin, and that nothing divides by zero.
import { expect, it } from 'vitest'
import { isFuller, levelOf, percent } from './capacity.ts'

const THRESHOLDS = { warning: 0.8, critical: 0.95 }

it.each([
  [0, 0, 'normal'],
  [79, 100, 'normal'],
  [80, 100, 'warning'],
  [94, 100, 'warning'],
  [95, 100, 'critical'],
  [100, 100, 'critical'],
])('%i of %i is %s', (used, total, level) => {
  expect(levelOf(used, total, THRESHOLDS)).toBe(level)
})

it('only a rise is fuller', () => {
  expect([isFuller('normal', 'warning'), isFuller('normal', 'critical'), isFuller('warning', 'critical')]).toEqual([
    true,
    true,
    true,
  ])
  expect([isFuller('critical', 'warning'), isFuller('normal', 'normal')]).toEqual([false, false])
})

it('percent has two digits', () => {
  expect([percent(1, 3), percent(0, 0), percent(7, 7)]).toEqual([33.33, 0, 100])
})
