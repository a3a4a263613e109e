// Drift must fall on both sides alike.
import { expect, test } from 'vitest'
import { interleave } from './interleave.ts'

test('both sides in every round, and neither always first', async () => {
  const order: string[] = []
  const told: number[] = []
  const side = (name: string) => async (round: number) => {
    order.push(`${name}${round}`)
    return order.length
  }
  const pairs = await interleave(3, { ours: side('ours'), plain: side('plain') }, (round) => void told.push(round))
  expect(order).toEqual(['plain1', 'ours1', 'ours2', 'plain2', 'plain3', 'ours3'])
  expect(pairs).toEqual([{ plain: 1, ours: 2 }, { ours: 3, plain: 4 }, { plain: 5, ours: 6 }])
  expect(told).toEqual([1, 2, 3])
})

test('on a machine that slows down steadily the two sides come out alike', async () => {
  let slower = 0
  const side = async () => (slower += 1)
  const pairs = await interleave(4, { ours: side, plain: side }, () => undefined)
  const sum = (which: 'ours' | 'plain') => pairs.reduce((all, pair) => all + pair[which], 0)
  expect(sum('ours')).toBe(sum('plain'))
})

test('a side that fails ends the rounds', async () => {
  const broken = { ours: async () => 1, plain: () => Promise.reject(new Error('no')) }
  await expect(interleave(3, broken, () => undefined)).rejects.toThrow('no')
})
