// What rows a table has, said in a few words by the database itself: how many, and one digest of all of them, in whatever order they lie.
import type { Ask } from '../../../../probes/database-reader.ts'
import type { Table } from './definition.ts'

export interface Digest {
  readonly table: string
  readonly rows: number
  readonly md5: string
}

/** Every column counts, also those that the database fills in by itself. */
export async function digestsOf(ask: Ask, tables: readonly Table[]): Promise<readonly Digest[]> {
  const digests: Digest[] = []
  for (const { name } of tables) {
    const { rows } = await ask<{ rows: string; md5: string }>(`select count(*) as rows, md5(coalesce(string_agg(one, '' order by one collate "C"), '')) as md5 from (select md5(t::text) as one from ${name} t) as all_rows`)
    digests.push({ table: name, rows: Number(rows[0]?.rows ?? NaN), md5: rows[0]?.md5 ?? '' })
  }
  return digests
}
