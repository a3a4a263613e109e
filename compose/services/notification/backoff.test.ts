// Waits double, end at the cap, and heed what the other side asks.
import { expect, it } from 'vitest'
import { askedFor, pauseBefore } from './backoff.ts'

it('doubles up to the cap', () => {
  const limits = { base: 100, cap: 1000 }
  expect([1, 2, 3, 4, 5, 1000].map((attempt) => pauseBefore(attempt, limits))).toEqual([100, 200, 400, 800, 1000, 1000])
})

it('heeds a longer wish, within reason', () => {
  expect(pauseBefore(1, { base: 100, cap: 1000, asked: 500 })).toBe(500)
  expect(pauseBefore(1, { base: 100, cap: 1000, asked: 3_600_000 })).toBe(1000)
})

it.each([
  ['2', 2000],
  ['-1', 0],
  ['Wed, 21 Oct 2015 07:28:00 GMT', 0],
  [undefined, 0],
])('Retry-After %j asks for %i ms', (header, ms) => {
  expect(askedFor(header)).toBe(ms)
})
