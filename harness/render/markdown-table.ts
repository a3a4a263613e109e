// Markdown that survives any text put into it: a reason may hold pipes, line breaks, stars or angle brackets.
import { flat } from './words.ts'

/** What Markdown would take for its own; an underscore inside a word is none. */
const SIGNS = /[\\*<[\]]|(?<!\w)_|_(?!\w)/g

/** Text as it is, wherever it stands; what is in backticks stays code. */
export function plain(text: string): string {
  const parts = flat(text)
    .trim()
    .split(/(`[^`]*`)/)
  return parts.map((part, index) => (index % 2 === 1 ? part : part.replaceAll(SIGNS, (sign) => `\\${sign}`))).join('')
}

/** One row of cells that are Markdown already. */
function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

/** A table of Markdown cells; no lines at all when there are no rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return rows.length === 0 ? [] : [row(head), row(head.map(() => '---')), ...rows.map(row), '']
}
