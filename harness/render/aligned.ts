// Tables for a terminal: columns that line up, and colours for the words that have one. Pure.
import { flat } from './words.ts'

/** By the title of a column, then by the text of a cell: its ANSI colour. */
export type Paint = Readonly<Record<string, Readonly<Record<string, string>>>>

/** The first row is the head, which is not painted by chance: no column is called like one of its states. */
export function aligned(rows: readonly (readonly string[])[], paint: Paint = {}): readonly string[] {
  const lines = rows.map((row) => row.map(flat))
  const head = lines[0] ?? []
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const cell = (text: string, column: number) => {
    const padded = column === head.length - 1 ? text : text.padEnd(widths[column] ?? 0)
    const code = paint[head[column] ?? '']?.[text]
    return code === undefined ? padded : `\u001B[${code}m${padded}\u001B[0m`
  }
  return lines.map((line) => line.map(cell).join('  ').trimEnd())
}
