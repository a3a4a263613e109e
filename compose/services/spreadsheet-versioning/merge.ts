// Merges two spreadsheets that began as the same one: who changed a cell alone is right, who changed it both conflict.
import { cellAt, type Grid } from './grid.ts'

/** A cell's place. */
export interface Place {
  readonly row: number
  readonly column: number
}

/** A cell that both sides have changed, each in its own way; a value is null where the cell does not exist. */
export interface CellConflict extends Place {
  readonly base: string | null
  readonly a: string | null
  readonly b: string | null
}

/** What two sides made of a base. */
export interface Sides {
  readonly base: Grid
  readonly a: Grid
  readonly b: Grid
}

/** The value a conflict is settled with; undefined where it is not. */
export type Settle = (conflict: CellConflict) => string | null | undefined

/** What came out. */
export interface Merged {
  /** Without the cells in conflict it is `b`'s. */
  readonly grid: Grid
  /** Cells taken from `a`, or settled. */
  readonly applied: number
  readonly settled: number
  readonly open: readonly CellConflict[]
}

/** Merges `a` into `b`. */
export function merge(sides: Sides, settle: Settle): Merged {
  const open: CellConflict[] = []
  const counts = { applied: 0, settled: 0 }
  const decide = (cell: CellConflict): string | null => {
    if (cell.a === cell.b || cell.a === cell.base) return cell.b
    counts.applied += 1
    if (cell.b === cell.base) return cell.a
    const value = settle(cell)
    if (value === undefined) open.push(cell)
    else counts.settled += 1
    return value ?? null
  }
  const grid = assemble(sides, decide)
  return { grid, open, ...counts, applied: counts.applied - open.length }
}

function assemble({ base, a, b }: Sides, decide: (cell: CellConflict) => string | null): Grid {
  const height = Math.max(base.length, a.length, b.length)
  const rows = Array.from({ length: height }, (_, row) => {
    const width = Math.max(...[base, a, b].map((grid) => grid[row]?.length ?? 0))
    const cells = Array.from({ length: width }, (__, column) => {
      const [atBase, atA, atB] = [base, a, b].map((grid) => cellAt(grid, row, column))
      return decide({ row, column, base: atBase ?? null, a: atA ?? null, b: atB ?? null })
    })
    return withoutEnd(cells)
  })
  return rows.slice(0, rows.findLastIndex((row) => row.length > 0) + 1)
}

/** Cells that do not exist end a row; one between others is an empty cell. */
function withoutEnd(cells: readonly (string | null)[]): string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell !== null) + 1).map((cell) => cell ?? '')
}
