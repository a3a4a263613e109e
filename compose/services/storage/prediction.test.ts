// Predictions: a straight line, cut off at full and empty.
import { expect, it } from 'vitest'
import { predict } from './prediction.ts'

const FLOW = { capacity: 100, occupied: 40, arrived: 60, left: 30, days: 30 }

it.each([
  ['grows', FLOW, 30, { net_per_day: 1, predicted_occupied: 70, days_until_full: 60 }],
  ['is full', FLOW, 100, { predicted_occupied: 100 }],
  [
    'empties',
    { ...FLOW, arrived: 0, left: 30 },
    100,
    { net_per_day: -1, predicted_occupied: 0, days_until_full: null },
  ],
  ['rests', { ...FLOW, arrived: 5, left: 5 }, 30, { net_per_day: 0, predicted_occupied: 40, days_until_full: null }],
  ['is full already', { ...FLOW, occupied: 100 }, 1, { predicted_occupied: 100, days_until_full: 0 }],
])('%s', (_what, flow, days, prediction) => {
  expect(predict(flow, days)).toMatchObject(prediction)
})
