// Grids: names of places, their order, and what is inside.
import { expect, it } from 'vitest'
import { holds, placeName, placesOf } from './grid.ts'

it.each([
  [1, 1, 'A1'],
  [8, 12, 'H12'],
  [26, 1, 'Z1'],
  [27, 1, 'AA1'],
  [52, 2, 'AZ2'],
  [53, 2, 'BA2'],
  [100, 100, 'CV100'],
])('row %i, column %i is %s', (row, column, name) => {
  expect(placeName({ row, column })).toBe(name)
})

it('places go row by row, each once', () => {
  expect(placesOf({ rows: 2, columns: 3 }).map(placeName)).toEqual(['A1', 'A2', 'A3', 'B1', 'B2', 'B3'])
  expect(new Set(placesOf({ rows: 100, columns: 100 }).map(placeName)).size).toBe(10_000)
})

it('a grid holds what is within its sides', () => {
  const grid = { rows: 2, columns: 3 }
  expect([
    holds(grid, { row: 2, column: 3 }),
    holds(grid, { row: 3, column: 1 }),
    holds(grid, { row: 1, column: 4 }),
  ]).toEqual([true, false, false])
})
