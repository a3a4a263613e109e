// The places of a box: rows are letters, columns are numbers, as printed on its lid.

/** Where something stands in its parent; both count from 1. */
export interface GridPosition {
  readonly row: number
  readonly column: number
}

/** How many rows and columns a box has. */
export interface Dimensions {
  readonly rows: number
  readonly columns: number
}

/** The longest side a grid may have. */
export const MAX_SIDE = 100

/** The name of a place: A1 to Z100, then AA1. */
export function placeName({ row, column }: GridPosition): string {
  return letters(row) + String(column)
}

function letters(row: number): string {
  const last = String.fromCharCode(65 + ((row - 1) % 26))
  return row > 26 ? letters(Math.floor((row - 1) / 26)) + last : last
}

/** All places of a grid, row by row. */
export function placesOf({ rows, columns }: Dimensions): readonly GridPosition[] {
  return Array.from({ length: rows * columns }, (_, index) => {
    return { row: Math.floor(index / columns) + 1, column: (index % columns) + 1 }
  })
}

/** True when the place is within the grid. */
export function holds({ rows, columns }: Dimensions, { row, column }: GridPosition): boolean {
  return row <= rows && column <= columns
}
