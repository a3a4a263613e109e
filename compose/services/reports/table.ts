// Rows of a report as a table: its columns, what they come to, and its forms as CSV and JSON.

/** What one cell holds. */
export type Cell = string | number | boolean | null

/** One row by column. */
export type Row = Readonly<Record<string, Cell>>

/** What a column comes to. */
export interface NumberFigures {
  readonly min: number
  readonly max: number
  readonly mean: number
}

/** What all rows come to. */
export interface Summary {
  readonly row_count: number
  /** Columns of numbers. */
  readonly numbers: Readonly<Record<string, NumberFigures>>
  /** Columns of few different words: how often each of them stands there. */
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/** A column with more different words than this is no category. */
const MAX_WORDS = 20

/** The names of all columns, in the order they appear. */
export function columnsOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))]
}

/** What the rows come to, column by column. */
export function summarise(rows: readonly Row[]): Summary {
  const numbers: Record<string, NumberFigures> = {}
  const counts: Record<string, Record<string, number>> = {}
  for (const column of columnsOf(rows)) {
    const cells = rows.map((row) => row[column] ?? null).filter((cell) => cell !== null)
    if (cells.length === 0) continue
    if (cells.every((cell) => typeof cell === 'number')) numbers[column] = figuresOf(cells)
    else if (new Set(cells).size <= Math.min(MAX_WORDS, cells.length - 1)) counts[column] = countsOf(cells)
  }
  return { row_count: rows.length, numbers, counts }
}

function figuresOf(values: readonly number[]): NumberFigures {
  const sum = values.reduce((total, value) => total + value, 0)
  const min = values.reduce((least, value) => Math.min(least, value))
  const max = values.reduce((most, value) => Math.max(most, value))
  return { min, max, mean: sum / values.length }
}

function countsOf(cells: readonly Cell[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const cell of cells) counts.set(String(cell), (counts.get(String(cell)) ?? 0) + 1)
  return Object.fromEntries(counts)
}

/** The rows as CSV (RFC 4180), with a line of names first. */
export function csvOf(rows: readonly Row[]): string {
  const columns = columnsOf(rows)
  const lines = rows.map((row) => columns.map((column) => csvCell(row[column] ?? null)).join(','))
  return [columns.map(csvCell).join(','), ...lines].map((line) => `${line}\r\n`).join('')
}

function csvCell(cell: Cell): string {
  const text = cell === null ? '' : String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
