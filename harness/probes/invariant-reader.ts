// Asks a database once what breaks an invariant, and how many things were judged; of many violations it brings home a few.
import { HarnessError } from '../errors.ts'
import type { Violation } from '../model/invariant-evidence.ts'
import { readDatabase } from './database-reader.ts'
import type { Ask, DatabaseReader } from './database-reader.ts'

const MOST_EXAMPLES = 5
const LONGEST_KEY = 100
const LONGEST_WHY = 300

export interface InvariantReader extends DatabaseReader {
  /** SQL that gives a row with `key` and `why` for each violation. */
  readonly query: string
  /** SQL that gives one number `n`. */
  readonly counts?: string | undefined
}

export interface InvariantSeen {
  readonly violations: number
  readonly judged?: number
  readonly examples: readonly Violation[]
}

/** Both statements see the same moment. Any failure is PROBE_UNREACHABLE. */
export function lookAtInvariant(reader: InvariantReader): Promise<InvariantSeen> {
  return readDatabase(reader, async (ask) => {
    const broken = await violationsOf(reader.query, ask)
    return reader.counts === undefined ? broken : { ...broken, judged: await numberOf(reader.counts, ask) }
  })
}

type Row = Violation & { readonly total: string }

/** The database counts and cuts, so that neither many rows nor long ones ever arrive here. */
async function violationsOf(query: string, ask: Ask): Promise<InvariantSeen> {
  const text = (column: string, most: number) => `coalesce(left(${column}::text, ${most}), 'null') as ${column}`
  const columns = [text('key', LONGEST_KEY), text('why', LONGEST_WHY), 'count(*) over () as total']
  const { rows } = await ask<Row>(`select ${columns.join(', ')} from (\n${bare(query)}\n) as violation limit ${MOST_EXAMPLES}`)
  return { violations: Number(rows[0]?.total ?? 0), examples: rows.map(({ key, why }) => ({ key, why })) }
}

async function numberOf(counts: string, ask: Ask): Promise<number> {
  const { rows } = await ask<{ n: unknown }>(`select n from (\n${bare(counts)}\n) as judged limit 2`)
  const n = rows.length === 1 ? Number(rows[0]?.n ?? Number.NaN) : Number.NaN
  if (!Number.isSafeInteger(n)) throw new HarnessError('PROBE_UNREACHABLE', 'its counts gives no single whole number "n"')
  return n
}

/** A statement that can stand inside another one. */
function bare(sql: string): string {
  return sql.replace(/;\s*$/, '')
}
