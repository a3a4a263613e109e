// Tells two spreadsheets apart, cell by cell.
import { cellAt, widthOf, type Grid } from './grid.ts'

/** A cell that differs; a value is null where the cell does not exist. */
export interface Difference {
  readonly row: number
  readonly column: number
  readonly from: string | null
  readonly to: string | null
}

/** What counts as the same. */
export interface Leniency {
  readonly ignoreWhitespace: boolean
  readonly ignoreCase: boolean
}

/** Every character counts. */
export const STRICT: Leniency = { ignoreWhitespace: false, ignoreCase: false }

/** What the differences come to. */
export interface DifferenceSummary {
  readonly total_changes: number
  readonly cell_changes: number
  readonly row_changes: number
  readonly column_changes: number
  readonly sheet_changes: number
  readonly structural_changes: number
}

/** All cells that differ, row by row. */
export function differencesOf(from: Grid, to: Grid, leniency: Leniency = STRICT): Difference[] {
  const height = Math.max(from.length, to.length)
  return Array.from({ length: height }, (_, row) => differencesInRow({ from, to, row, leniency })).flat()
}

interface RowPair {
  readonly from: Grid
  readonly to: Grid
  readonly row: number
  readonly leniency: Leniency
}

function differencesInRow({ from, to, row, leniency }: RowPair): Difference[] {
  const width = Math.max(from[row]?.length ?? 0, to[row]?.length ?? 0)
  const cells = Array.from({ length: width }, (_, column) => {
    return { row, column, from: cellAt(from, row, column), to: cellAt(to, row, column) }
  })
  return cells.filter((cell) => !isSame(cell.from, cell.to, leniency))
}

function isSame(a: string | null, b: string | null, { ignoreWhitespace, ignoreCase }: Leniency): boolean {
  if (a === null || b === null) return a === b
  const form = (text: string): string => {
    const spaced = ignoreWhitespace ? text.replace(/\s+/g, '') : text
    return ignoreCase ? spaced.toLowerCase() : spaced
  }
  return form(a) === form(b)
}

/** What the differences between two spreadsheets come to; there is one sheet in each. */
export function summaryOf(from: Grid, to: Grid, cells: number): DifferenceSummary {
  const rows = Math.abs(from.length - to.length)
  const columns = Math.abs(widthOf(from) - widthOf(to))
  return {
    total_changes: cells,
    cell_changes: cells,
    row_changes: rows,
    column_changes: columns,
    sheet_changes: 0,
    structural_changes: rows + columns,
  }
}
