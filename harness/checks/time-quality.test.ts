// What samples come to: none, one, few and many of them.
import { expect, test } from 'vitest'
import { medianOf, timeQuality } from './time-quality.ts'

const samples = (amount: number) => Array.from({ length: amount }, (_, index) => ({ ms: (index + 1) * 1_000, limitMs: 100_000 }))

test('no sample is no time, and not 0', () => {
  expect(timeQuality([])).toBeUndefined()
})

test('one sample is the median and the highest', () => {
  expect(timeQuality([{ ms: 25_000, limitMs: 100_000 }])).toEqual({ samples: 1, medianMs: 25_000, high: 'highest', highMs: 25_000, allowed: { leastMs: 100_000, mostMs: 100_000 }, leastLeft: 0.75 })
})

test('a 95th percentile is said from 20 samples on, below that the highest', () => {
  expect(timeQuality(samples(19))).toMatchObject({ high: 'highest', highMs: 19_000, medianMs: 10_000 })
  expect(timeQuality(samples(20))).toMatchObject({ high: 'p95', highMs: 19_000, medianMs: 10_500, leastLeft: 0.8 })
})

test('what was late left less than nothing, and what has no limit left nothing to say', () => {
  expect(timeQuality([{ ms: 150_000, limitMs: 100_000 }, { ms: 10, limitMs: 200_000 }])).toMatchObject({ leastLeft: -0.5, allowed: { leastMs: 100_000, mostMs: 200_000 } })
  expect(timeQuality([{ ms: 150 }])).toEqual({ samples: 1, medianMs: 150, high: 'highest', highMs: 150 })
})

test('the median of an even number lies between both in the middle', () => {
  expect([medianOf([3, 1, 2]), medianOf([4, 1]), medianOf([7])]).toEqual([2, 2.5, 7])
})
