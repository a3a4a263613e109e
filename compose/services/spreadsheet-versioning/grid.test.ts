// Grids: what is read, what is refused, and that what is written reads as it was.
import { describe, expect, it } from 'vitest'
import { cellAt, parseGrid, widthOf, writeGrid, type Grid } from './grid.ts'

describe('reads', () => {
  it.each<[string, string, Grid]>([
    ['nothing', '', []],
    ['a cell', 'a', [['a']]],
    ['rows and cells', 'a,b\n1,2\n', [['a', 'b'], ['1', '2']]],
    ['Windows line ends', 'a,b\r\n1,2\r\n', [['a', 'b'], ['1', '2']]],
    ['rows of different length', 'a\n1,2,3', [['a'], ['1', '2', '3']]],
    ['empty cells and rows', ',\n\n,x', [['', ''], [''], ['', 'x']]],
    ['quoted cells', '"a,b","say ""hi""","two\nlines",""', [['a,b', 'say "hi"', 'two\nlines', '']]],
    ['an empty quoted cell at the end', 'a\n""', [['a'], ['']]],
    ['a last separator', 'a,', [['a', '']]],
  ])('%s', (_what, text, grid) => {
    expect(parseGrid(text, ',')).toEqual(grid)
  })

  it('tabs', () => {
    expect(parseGrid('a\tb,c\n', '\t')).toEqual([['a', 'b,c']])
  })
})

describe('refuses', () => {
  it.each(['"a', 'a"b"', '"a"b', 'x,'.repeat(50_001)])('%.20s', (text) => {
    expect(() => parseGrid(text, ',')).toThrow(expect.objectContaining({ code: 'file_processing_error' }))
  })
})

const GRIDS: readonly Grid[] = [[], [['a', 'b'], ['1']], [['a,b', '"', '\n', '\r', ''], ['', '']], [['']]]

it.each(GRIDS.map((grid) => [grid]))('%j is written', (grid) => {
  expect(parseGrid(writeGrid(grid, ','), ',')).toEqual(grid)
})

it('what is not there is null, and the longest row is the width', () => {
  const grid = [['a'], ['', 'b']]
  expect([cellAt(grid, 1, 0), cellAt(grid, 0, 1), cellAt(grid, 9, 0)]).toEqual(['', null, null])
  expect([widthOf(grid), widthOf([])]).toEqual([2, 0])
})

it('a large file is read in no time', () => {
  const text = `${'x'.repeat(19)},`.repeat(49_999)
  const started = performance.now()
  expect(parseGrid(text, ',')[0]).toHaveLength(50_000)
  expect(performance.now() - started).toBeLessThan(1000)
})
