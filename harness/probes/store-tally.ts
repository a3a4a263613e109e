// What became of every write: how many rows each outcome has left behind.
import type { StoreTally } from '../model/evidence.ts'

export type WriteOutcome = StoreTally['outcome']

const MOST_EXAMPLES = 5
/** What is as it should be and needs no examples. An unknown write may or may not be there. */
const USUAL = ['acknowledged 1', 'failed 0', 'unknown 0', 'unknown 1']

/** One entry per outcome and number of rows that occurs, with up to five keys of every unusual one. */
export function storeTally(
  writes: ReadonlyMap<string, WriteOutcome>,
  rows: ReadonlyMap<string, number>,
): readonly StoreTally[] {
  const cells = new Map<string, { outcome: WriteOutcome; rows: StoreTally['rows']; keys: string[] }>()
  for (const [key, outcome] of writes) {
    const count = rows.get(key) ?? 0
    const many = count === 0 || count === 1 ? count : 'more'
    const cell = cells.get(`${outcome} ${many}`) ?? { outcome, rows: many, keys: [] }
    cell.keys.push(key)
    cells.set(`${outcome} ${many}`, cell)
  }
  return [...cells].map(([name, { keys, ...cell }]) => {
    return { ...cell, keys: keys.length, examples: USUAL.includes(name) ? [] : keys.slice(0, MOST_EXAMPLES) }
  })
}
