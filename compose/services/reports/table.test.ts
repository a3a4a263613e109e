// Tables: what they come to, and that CSV loses nothing.
import { expect, it } from 'vitest'
import { csvOf, summarise, type Row } from './table.ts'

const ROWS: readonly Row[] = [
  { id: 'a', type: 'DNA', volume: 3, ok: true },
  { id: 'b', type: 'DNA', volume: 5, ok: false },
  { id: 'c', type: 'RNA', volume: null, ok: true, more: 'x' },
]

it('numbers have figures, few words are counted, names are neither', () => {
  expect(summarise(ROWS)).toEqual({
    row_count: 3,
    numbers: { volume: { min: 3, max: 5, mean: 4 } },
    counts: { type: { DNA: 2, RNA: 1 }, ok: { true: 2, false: 1 } },
  })
  expect(summarise([])).toEqual({ row_count: 0, numbers: {}, counts: {} })
})

it('many rows have figures too', () => {
  const rows = Array.from({ length: 200_000 }, (_, n) => ({ n }))
  expect(summarise(rows).numbers.n).toEqual({ min: 0, max: 199_999, mean: 99_999.5 })
})

it('CSV has every column and quotes what needs it', () => {
  expect(csvOf(ROWS)).toBe('id,type,volume,ok,more\r\na,DNA,3,true,\r\nb,DNA,5,false,\r\nc,RNA,,true,x\r\n')
  expect(csvOf([{ 'a,b': 'say "hi"', c: 'two\nlines' }])).toBe('"a,b",c\r\n"say ""hi""","two\nlines"\r\n')
  expect(csvOf([])).toBe('\r\n')
})
