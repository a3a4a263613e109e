// The shares are kept over every hundred turns, and nothing comes in bursts.
import { expect, test } from 'vitest'
import { mixOf } from './mix.ts'

const SHARES = [
  { share: 60, of: 'often' },
  { share: 35, of: 'sometimes' },
  { share: 5, of: 'rarely' },
]

test('every hundred turns keep the shares, wherever they begin', () => {
  const mix = mixOf(SHARES)
  for (const start of [0, 1, 77, 100_003]) {
    const seen = Array.from({ length: 100 }, (_, turn) => mix(start + turn))
    expect(SHARES.map(({ of }) => seen.filter((one) => one === of).length)).toEqual([60, 35, 5])
  }
})

test('what is rare never comes twice within ten turns', () => {
  const mix = mixOf(SHARES)
  const turns = Array.from({ length: 300 }, (_, turn) => turn).filter((turn) => mix(turn) === 'rarely')
  const gaps = turns.slice(1).map((turn, index) => turn - (turns[index] ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThan(10)
})

test('shares that do not come to a whole are refused', () => {
  expect(() => mixOf(SHARES.slice(1))).toThrow('the shares of a mix come to 40 %, not to 100 %')
})
