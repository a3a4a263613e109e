// Ratios must say what was measured: no bound held by luck, no gap hidden by a median.
import { expect, test } from 'vitest'
import { benchExit, isMeasured, median, rowOf } from './bench.ts'
import type { BenchRow, Bound, Round } from './bench.ts'

const rounds = (...pairs: readonly (readonly [number, number])[]): Round[] => pairs.map(([ours, plain]) => ({ ours, plain }))
const row = (measured: Round[], bound?: Bound): BenchRow => rowOf({ part: 'load', what: 'throughput', unit: 'per second', rounds: measured, bound })

test('the ratio is that of each round, and its median and ends are told', () => {
  expect(row(rounds([90, 100], [100, 100], [33, 30]))).toMatchObject({ ratio: { median: 1, least: 0.9, most: 1.1 }, holds: true })
})

test('a machine that slows down from round to round does not change it', () => {
  expect(row(rounds([100, 100], [50, 50], [10, 10]))).toMatchObject({ ratio: { median: 1, least: 1, most: 1 } })
})

test.each([
  [[1, 2, 3], 2],
  [[1, 2, 3, 4], 2.5],
  [[7], 7],
])('the median of %j is %d', (sorted, wanted) => {
  expect(median(sorted)).toBe(wanted)
})

test.each([
  [{ atLeast: 0.97 }, 97, true],
  [{ atLeast: 0.97 }, 96.9, false],
  [{ atMost: 1.05 }, 105, true],
  [{ atMost: 1.05 }, 105.1, false],
  [undefined, 500, true],
])('%j and %d of 100: holds %s', (bound, ours, holds) => {
  expect(row(rounds([ours, 100]), bound)).toMatchObject({ holds })
})

test.each([
  ['no round', [], 'no round was run'],
  ['a p95 of nothing', rounds([1, 1], [0, 1]), 'round 2 gave no figure'],
  ['a plain side that did nothing', rounds([1, 0]), 'round 1 gave no figure'],
  ['what is no number', rounds([NaN, 1]), 'round 1 gave no figure'],
] as const)('%s is not measured', (_, measured, missing) => {
  const found = row([...measured])
  expect(isMeasured(found)).toBe(false)
  expect(found).toMatchObject({ missing })
})

test('a missed bound outranks what was not measured, and that outranks success', () => {
  const [good, bad, gap] = [row(rounds([1, 1])), row(rounds([1, 2]), { atLeast: 0.97 }), row([])]
  expect([benchExit({ rows: [good] }), benchExit({ rows: [good, gap] }), benchExit({ rows: [gap, bad, good] })]).toEqual([0, 3, 1])
})
