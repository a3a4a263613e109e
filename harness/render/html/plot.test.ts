// One axis for all lanes: moments stand where they belong, labels fit their place, curves break where nothing was measured.
import { expect, test } from 'vitest'
import { numeral, pathOf } from './curve.ts'
import { textOf } from './markup.ts'
import { labelOf, LEFT, NUMBERS, sinceOrigin, tickWord, ticksOf, xOf } from './plot.ts'

const axis = { from: 10_000, to: 70_000, origin: 25_000 }

test('an axis goes from edge to edge, and what lies beyond stays at its edge', () => {
  expect([0, 10_000, 40_000, 70_000, 99_000].map((t) => xOf(axis, t))).toEqual([LEFT, LEFT, (LEFT + NUMBERS) / 2, NUMBERS, NUMBERS])
})

test('time is counted from the fault, in round steps', () => {
  expect(ticksOf(axis).map((t) => tickWord(axis, t))).toEqual(['−10 s', '0', '+10 s', '+20 s', '+30 s', '+40 s'])
  expect(ticksOf({ from: 0, to: 86_400_000 * 40, origin: 0 }).length).toBeLessThan(12)
  expect(sinceOrigin(axis, 26_234)).toBe('+1.2 s')
})

test('a long label is cut, and the service at its end is not', () => {
  expect(textOf(labelOf('DatabaseConnectionPoolExhaustion · transaction', 10))).toMatch(/>Database\w*… · transaction</)
  expect(textOf(labelOf(`x${'y'.repeat(99)}`, 10))).toMatch(/>xy{32}…</)
})

test('a curve breaks where nothing was measured, and skips what is no number', () => {
  const scale = { low: 0, high: 10, height: 50 }
  const steady = Array.from({ length: 20 }, (_, index) => [10_000 + index * 1_000, 5] as const)
  expect(pathOf(axis, scale, steady).match(/M/g)).toHaveLength(1)
  const broken = steady.filter(([t]) => t < 15_000 || t > 24_000)
  expect(pathOf(axis, scale, broken).match(/M/g)).toHaveLength(2)
  expect(pathOf(axis, scale, [[10_000, Number.NaN], [11_000, Infinity]])).toBe('')
  expect(pathOf(axis, scale, [])).toBe('')
})

test('of many points the extremes are kept', () => {
  const many = Array.from({ length: 60_000 }, (_, index) => [10_000 + index, index === 30_123 ? 9 : 1] as const)
  const path = pathOf(axis, { low: 0, high: 10, height: 100 }, many)
  expect(path).toContain(' 10L')
  expect(path.length).toBeLessThan(4_000)
})

test.each([
  [0, '0'],
  [0.05, '0.05'],
  [0.000_12, '1.2e-4'],
  [1234.5, '1230'],
  [25_000, '25 k'],
  [3.2e9, '3.2 G'],
  [-2e6, '-2 M'],
])('%d reads %s', (value, text) => {
  expect(numeral(value)).toBe(text)
})
