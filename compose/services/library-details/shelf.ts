// One way to store, find and list the things the laboratory keeps: a shelf is a table that clients fill.
import type { FastifyRequest } from 'fastify'
import type { QueryResultRow } from 'pg'
import type { Query } from '../kit/database.ts'
import { pageOf, queryOf } from '../kit/query.ts'
import { refuse, type LibraryCode } from './refusals.ts'

/** A table: its columns that clients fill, and how the lack of a row is told. */
export interface Shelf {
  readonly table: string
  readonly columns: readonly string[]
  readonly missing: LibraryCode
  readonly what: string
}

/** What a client wants stored, by column. */
export type Content = Readonly<Record<string, unknown>>

/** Stores all of the rows or, when one cannot be stored, none. */
export function store<Row extends QueryResultRow>(
  query: Query,
  shelf: Shelf,
  rows: readonly Content[],
): Promise<Row[]> {
  const columns = shelf.columns.join(', ')
  const sql = `insert into ${shelf.table} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${shelf.table}, $1::jsonb) returning *`
  return query<Row>(sql, [JSON.stringify(rows)])
}

/** Stores a single row. */
export async function storeOne<Row extends QueryResultRow>(query: Query, shelf: Shelf, row: Content): Promise<Row> {
  const [stored] = await store<Row>(query, shelf, [row])
  if (stored === undefined) throw new Error('the insert returned no row')
  return stored
}

/** Gives a row new content. */
export async function replace<Row extends QueryResultRow>(
  query: Query,
  shelf: Shelf,
  { id, content }: { readonly id: string; readonly content: Content },
): Promise<Row> {
  const columns = shelf.columns.join(', ')
  const sql = `update ${shelf.table} set updated_at = now(),
    (${columns}) = (select ${columns} from jsonb_populate_record(null::${shelf.table}, $2::jsonb))
    where id = $1 returning *`
  const [row] = await query<Row>(sql, [id, JSON.stringify(content)])
  return row ?? missing(shelf, id)
}

/** The row with an id; `lock` keeps it from others until the transaction ends. */
export async function find<Row extends QueryResultRow>(
  query: Query,
  shelf: Shelf,
  { id, lock = false }: { readonly id: string; readonly lock?: boolean },
): Promise<Row> {
  const [row] = await query<Row>(`select * from ${shelf.table} where id = $1 ${lock ? 'for update' : ''}`, [id])
  return row ?? missing(shelf, id)
}

/** Refuses an id that is not there. */
export function missing({ missing: code, what }: Shelf, id: string): never {
  throw refuse(code, `${what} not found: ${id}`)
}

/** The rows that pass a filter, newest first; `where` uses $3 and on for `values`. */
export function list<Row extends QueryResultRow>(
  query: Query,
  shelf: Shelf,
  { request, where, values }: { request: FastifyRequest; where: string; values: readonly unknown[] },
): Promise<Row[]> {
  // The documents know no pages here; without them a year of libraries would be one answer.
  const page = pageOf(queryOf(request, 'VALIDATION_ERROR'), { size: 'page_size', fallback: 100, max: 500 })
  const sql = `select * from ${shelf.table} where ${where} order by created_at desc, id limit $1 offset $2`
  return query<Row>(sql, [page.size, page.offset, ...values])
}
