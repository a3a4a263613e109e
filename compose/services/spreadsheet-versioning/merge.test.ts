// Merging: changes of one side are taken, equal ones too, and only what both changed differently is in conflict.
import { expect, it } from 'vitest'
import { merge, type Settle } from './merge.ts'

const base = [['id', 'volume'], ['a', '1'], ['b', '2']]
const never: Settle = () => undefined

it('takes what one side changed', () => {
  const a = [['id', 'volume', 'type'], ['a', '1', 'DNA'], ['b', '2']]
  const b = [['id', 'volume'], ['a', '5'], ['b', '2'], ['c', '3']]
  const grid = [['id', 'volume', 'type'], ['a', '5', 'DNA'], ['b', '2'], ['c', '3']]
  expect(merge({ base, a, b }, never)).toEqual({ grid, applied: 2, settled: 0, open: [] })
})

it('takes deletions too', () => {
  const a = [['id', 'volume'], ['a', '1']]
  expect(merge({ base, a, b: base }, never).grid).toEqual(a)
  expect(merge({ base, a: base, b: a }, never).grid).toEqual(a)
})

it('the same change on both sides is none to settle', () => {
  const both = [['id', 'volume'], ['a', '9'], ['b', '2']]
  expect(merge({ base, a: both, b: both }, never)).toEqual({ grid: both, applied: 0, settled: 0, open: [] })
})

it('what both changed is in conflict until it is settled', () => {
  const a = [['id', 'volume'], ['a', '7'], ['b', '2']]
  const b = [['id', 'volume'], ['a', '8'], ['b', '4']]
  const conflict = { row: 1, column: 1, base: '1', a: '7', b: '8' }
  expect(merge({ base, a, b }, never)).toMatchObject({ applied: 0, settled: 0, open: [conflict] })
  const mine = merge({ base, a, b }, ({ a: wanted }) => wanted)
  expect(mine).toEqual({ grid: [['id', 'volume'], ['a', '7'], ['b', '4']], applied: 1, settled: 1, open: [] })
})

it('a cell deleted here and changed there is in conflict, and can be settled as deleted', () => {
  const a = [['id', 'volume'], ['a', '1']]
  const b = [['id', 'volume'], ['a', '1'], ['b', '3']]
  expect(merge({ base, a, b }, never).open).toEqual([{ row: 2, column: 1, base: '2', a: null, b: '3' }])
  expect(merge({ base, a, b }, () => null).grid).toEqual(a)
})

it('a cell that is missing between others is empty', () => {
  const a = [['id'], ['a', '1'], ['b', '2']]
  const b = [['id', 'volume', 'type'], ['a', '1'], ['b', '2']]
  expect(merge({ base, a, b }, never).grid[0]).toEqual(['id', '', 'type'])
})
