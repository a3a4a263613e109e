// A spreadsheet as rows of cells: read from a CSV or TSV file, and written as one.
import { refuse } from './refusals.ts'

/** Rows of cells, each a text; rows may differ in length. */
export type Grid = readonly (readonly string[])[]

/** The kinds of files that can be read, and what stands between their cells. */
export const SEPARATORS: Readonly<Record<string, string>> = { csv: ',', tsv: '\t' }

/** A spreadsheet with more cells is refused. */
const MAX_CELLS = 50_000

/** The cell at a place; null beyond the end of its row or of the spreadsheet. */
export function cellAt(grid: Grid, row: number, column: number): string | null {
  return grid[row]?.[column] ?? null
}

/** The length of the longest row. */
export function widthOf(grid: Grid): number {
  return grid.reduce((width, row) => Math.max(width, row.length), 0)
}

/** Reads a file (RFC 4180); 400 when it cannot be read. */
export function parseGrid(text: string, separator: string): Grid {
  const reader = new Reader(separator)
  for (const character of text) reader.take(character)
  return reader.end()
}

/** Reads character by character; a quote begins a cell in which everything but another quote means itself. */
class Reader {
  readonly #separator: string
  readonly #rows: string[][] = []
  #row: string[] = []
  #cell = ''
  #cells = 0
  /** Inside of quotes, just after what may be the closing one, or outside. */
  #state: 'plain' | 'quoted' | 'closing' = 'plain'
  #fresh = true

  constructor(separator: string) {
    this.#separator = separator
  }

  take(character: string): void {
    if (this.#state === 'quoted') {
      if (character === '"') this.#state = 'closing'
      else this.#cell += character
      return
    }
    if (character === '"') this.#quote()
    else if (character === this.#separator) this.#endCell()
    else if (character === '\n') this.#endRow()
    else if (character !== '\r') this.#add(character)
  }

  end(): Grid {
    if (this.#state === 'quoted') throw refuse('file_processing_error', 'A quoted cell does not end')
    if (!this.#fresh || this.#row.length > 0) this.#endRow()
    return this.#rows
  }

  /** At the beginning of a cell it opens, after a closing one it means itself, anywhere else it is a mistake. */
  #quote(): void {
    if (this.#state === 'closing') this.#cell += '"'
    else if (this.#cell !== '') throw refuse('file_processing_error', 'A quote stands inside of a cell without quotes')
    this.#state = 'quoted'
    this.#fresh = false
  }

  #add(character: string): void {
    if (this.#state === 'closing') throw refuse('file_processing_error', 'Something stands after a quoted cell')
    this.#cell += character
    this.#fresh = false
  }

  #endCell(): void {
    this.#cells += 1
    if (this.#cells > MAX_CELLS) throw refuse('file_processing_error', `At most ${MAX_CELLS} cells can be read`)
    this.#row.push(this.#cell)
    this.#cell = ''
    this.#state = 'plain'
    this.#fresh = false
  }

  #endRow(): void {
    this.#endCell()
    this.#rows.push(this.#row)
    this.#row = []
    this.#fresh = true
  }
}

/** Writes a file that reads as the same grid. */
export function writeGrid(grid: Grid, separator: string): string {
  const lines = grid.map((row) => row.map((cell) => quoted(cell, separator)).join(separator))
  return lines.map((line) => `${line}\n`).join('')
}

function quoted(cell: string, separator: string): string {
  const needsQuotes = cell.includes(separator) || /["\r\n]/.test(cell)
  return needsQuotes ? `"${cell.replaceAll('"', '""')}"` : cell
}
