// Measurements: what fails, what warns, and what all of them come to.
import { expect, it } from 'vitest'
import { conclude, judge, spread, type QcStatus } from './measurement.ts'

it.each<[number, number | null, number | null, QcStatus]>([
  [9, 10, 100, 'Fail'],
  [101, 10, 100, 'Fail'],
  [10, 10, 100, 'Warning'],
  [10.9, 10, null, 'Warning'],
  [95, null, 100, 'Warning'],
  [11, 10, 100, 'Pass'],
  [90, 10, 100, 'Pass'],
  [-5, null, null, 'Pass'],
])('%d between %s and %s: %s', (value, threshold_min, threshold_max, status) => {
  expect(judge({ value, threshold_min, threshold_max })).toBe(status)
})

it('the worst decides, and every concern is told', () => {
  const told = [
    { metric_type: 'volume', value: 3, status: 'Pass' as const },
    { metric_type: 'rqn', value: 7.1, status: 'Warning' as const },
    { metric_type: 'dv200', value: 3, status: 'Fail' as const },
  ]
  expect(conclude(told)).toEqual({
    overall_status: 'Fail',
    recommendations: [
      'Warning for metric: rqn with value 7.1',
      'Failed metric: dv200 with value 3',
      'Library fails quality requirements and should not proceed',
    ],
  })
  expect(conclude(told.slice(0, 1)).overall_status).toBe('Pass')
  expect(conclude(told.slice(0, 2)).overall_status).toBe('Warning')
})

it('the spread of few values is unknown', () => {
  expect(spread([])).toEqual({ mean: null, std: null })
  expect(spread([5])).toEqual({ mean: 5, std: null })
  expect(spread([1, 3])).toEqual({ mean: 2, std: Math.SQRT2 })
})
