// Thinning keeps what a chart must not lose.
import { expect, test } from 'vitest'
import { nearest, thinned } from './thinning.ts'

const long = Array.from({ length: 10_000 }, (_, index) => [index, index === 4_321 ? 99 : index === 7_777 ? -99 : Math.sin(index)] as const)

test('few points stay as they are', () => {
  expect(thinned(long.slice(0, 200), 200)).toEqual(long.slice(0, 200))
  expect(thinned([], 200)).toEqual([])
})

test('many points become at most so many, in order, with both ends and both extremes', () => {
  const few = thinned(long, 200)
  expect(few.length).toBeLessThanOrEqual(200)
  expect(few.length).toBeGreaterThan(150)
  expect(few.map(([time]) => time)).toEqual(few.map(([time]) => time).toSorted((a, b) => a - b))
  expect(few).toEqual(expect.arrayContaining([long[0], long.at(-1), [4_321, 99], [7_777, -99]]))
})

test('a flat line keeps one point per stretch', () => {
  expect(thinned(Array.from({ length: 1_000 }, (_, index) => [index, 1] as const), 200)).toHaveLength(101)
})

test('one point more than allowed leaves no empty stretch behind', () => {
  expect(thinned(long.slice(0, 201), 200).length).toBeLessThanOrEqual(200)
})

const series = [3, 1, 2].map((value) => ({ labels: { value: String(value) }, points: [[0, value] as const] }))
const kept = (comparator: string, most: number) => nearest(series, comparator, most).map(({ labels }) => labels.value)

test('the series nearest to the comparison are kept', () => {
  expect(kept('>', 2)).toEqual(['3', '2'])
  expect(kept('<=', 2)).toEqual(['1', '2'])
  expect(kept('', 1)).toEqual(['3'])
  expect(kept('>', 3)).toEqual(['3', '1', '2'])
})

test('series without points come last', () => {
  const empty = { labels: { value: 'none' }, points: [] }
  expect(nearest([empty, empty, ...series], '>', 4).map(({ labels }) => labels.value)).toEqual(['3', '2', '1', 'none'])
})
