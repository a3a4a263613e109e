// Differences: changed, added and deleted cells, and what counts as the same.
import { expect, it } from 'vitest'
import { differencesOf, summaryOf } from './difference.ts'

const FROM = [['id', 'volume'], ['a', '1'], ['b', '2']]
const TO = [['id', 'volume', 'type'], ['a', '1 ', 'DNA']]

it('finds every cell that differs', () => {
  expect(differencesOf(FROM, TO)).toEqual([
    { row: 0, column: 2, from: null, to: 'type' },
    { row: 1, column: 1, from: '1', to: '1 ' },
    { row: 1, column: 2, from: null, to: 'DNA' },
    { row: 2, column: 0, from: 'b', to: null },
    { row: 2, column: 1, from: '2', to: null },
  ])
  expect(differencesOf(FROM, FROM)).toEqual([])
})

it('is as lenient as it is told', () => {
  const from = [['A b', '', 'x']]
  const to = [['ab', ' ', 'X']]
  const count = (ignoreWhitespace: boolean, ignoreCase: boolean): number => {
    return differencesOf(from, to, { ignoreWhitespace, ignoreCase }).length
  }
  expect([count(false, false), count(true, false), count(false, true), count(true, true)]).toEqual([3, 2, 2, 0])
})

it('counts rows and columns', () => {
  const summary = { total_changes: 5, cell_changes: 5, row_changes: 1, column_changes: 1, structural_changes: 2 }
  expect(summaryOf(FROM, TO, 5)).toEqual({ ...summary, sheet_changes: 0 })
})
