// Counts the rows behind a list of keys in a Postgres database.
import { HarnessError } from '../errors.ts'
import { readDatabase } from './database-reader.ts'
import type { Ask, DatabaseReader } from './database-reader.ts'

const CHUNK = 1_000

export interface StoreReader extends DatabaseReader {
  /** SQL with the array of keys as $1 that gives one row with a column `key` per stored row. */
  readonly query: string
}

/** Rows per key; a key without rows is left out. All chunks see the same moment. Any failure is PROBE_UNREACHABLE. */
export function rowsPerKey(reader: StoreReader, keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
  return readDatabase(reader, (ask) => counted(reader.query, ask, keys))
}

async function counted(query: string, ask: Ask, keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  for (let start = 0; start < keys.length; start += CHUNK) {
    const { rows, columns } = await ask<{ key: unknown }>(query, [keys.slice(start, start + CHUNK)])
    if (!columns.includes('key')) throw new HarnessError('PROBE_UNREACHABLE', 'its query gives no column "key"')
    for (const { key } of rows) counts.set(String(key), (counts.get(String(key)) ?? 0) + 1)
  }
  return counts
}
