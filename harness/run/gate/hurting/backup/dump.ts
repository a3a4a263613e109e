// A backup on disk: how the tables are made, and all their rows as the database writes them, as of one moment.
import { open, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import type { Ask } from '../../../../probes/database-reader.ts'
import { definitionOf } from './definition.ts'
import type { Definition, Table } from './definition.ts'
import { digestsOf } from './digest.ts'
import type { Digest } from './digest.ts'
import { spellAlike } from './spelling.ts'

/** Rows that are fetched, and put back, at once. */
const BATCH = 500

export interface Dumped {
  readonly definition: Definition
  /** Of the same moment as the rows. */
  readonly digests: readonly Digest[]
}

/** A file that goes with whoever holds it, also when he is killed: it holds all that the system knows of anybody. */
export async function namelessFile(path: string): Promise<FileHandle> {
  const file = await open(path, 'wx+', 0o600)
  await rm(path)
  return file
}

/** Within one transaction that sees one moment: what is written meanwhile is in neither the rows nor the digests. */
export async function dumpTo(file: FileHandle, ask: Ask): Promise<Dumped> {
  await ask('begin transaction isolation level repeatable read read only')
  await spellAlike(ask)
  const definition = await definitionOf(ask)
  for (const table of definition.tables) await dumpTable(table, ask, file)
  return { definition, digests: await digestsOf(ask, definition.tables) }
}

async function dumpTable({ name }: Table, ask: Ask, out: FileHandle): Promise<void> {
  await ask(`declare backup no scroll cursor for select t::text as row from ${name} t`)
  for (;;) {
    const { rows } = await ask<{ row: string }>(`fetch ${BATCH} from backup`)
    if (rows.length === 0) break
    await out.write(`${JSON.stringify([name, ...rows.map(({ row }) => row)])}\n`)
  }
  await ask('close backup')
}

/** Into a database that has nothing in it yet. Keys and checks come last, and have their say over every row. */
export async function restoreFrom(file: FileHandle, { before, after, tables }: Definition, ask: Ask): Promise<void> {
  await spellAlike(ask)
  for (const sql of before) await ask(sql)
  for await (const line of file.readLines({ start: 0, autoClose: false })) {
    const [name, ...rows] = JSON.parse(line) as readonly string[]
    const table = tables.find((one) => one.name === name)
    if (table !== undefined) await putBack(table, rows, ask)
  }
  for (const sql of after) await ask(sql)
}

async function putBack({ name, columns }: Table, rows: readonly string[], ask: Ask): Promise<void> {
  const values = columns.map((column) => `(one.row).${column}`).join(', ')
  await ask(`insert into ${name} (${columns.join(', ')}) overriding system value select ${values} from (select unnest($1::text[])::${name} as row offset 0) as one`, [rows])
}
