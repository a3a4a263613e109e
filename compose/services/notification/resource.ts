// Things that are created, listed, read, changed and deleted in the same way: channels, templates, subscriptions.
import type { FastifyInstance } from 'fastify'
import type { Database } from '../kit/database.ts'
import { jsonBody, uuidParam, type JsonObject } from '../kit/fields.ts'
import { pageOf, queryOf } from '../kit/query.ts'
import { refuse, type NotificationCode } from './refusals.ts'
import type { NotificationWorld } from './world.ts'

/** One kind of thing; `read` takes a body (or a stored row with a body over it) and returns its columns' values. */
export interface Resource {
  /** The route, and the table, which has the same name. */
  readonly name: 'channels' | 'templates' | 'subscriptions'
  readonly missing: NotificationCode
  read(body: JsonObject): Readonly<Record<string, unknown>>
}

const PAGES = { size: 'page_size', fallback: 50, max: 100 }

/** The five routes of a resource. */
export function resourceRoutes(app: FastifyInstance, { database }: NotificationWorld, resource: Resource): void {
  const { name, read } = resource
  const table = `notification.${name}`
  app.post(`/${name}`, async (request) => {
    const [columns, values] = split(read(jsonBody(request)))
    const places = columns.map((_, index) => `$${index + 1}`)
    const sql = `insert into ${table} (${columns.join(', ')}) values (${places.join(', ')}) returning *`
    return (await database.query(sql, values))[0]
  })
  app.get(`/${name}`, async (request) => {
    const { page, size, offset } = pageOf(queryOf(request, 'VALIDATION_ERROR'), PAGES)
    const [count] = await database.query<{ total: number }>(`select count(*)::int as total from ${table}`)
    const rows = await database.query(`select * from ${table} order by name limit $1 offset $2`, [size, offset])
    return { [name]: rows, total: count?.total ?? 0, page, page_size: size }
  })
  singleRoutes(app, database, resource)
}

function singleRoutes(app: FastifyInstance, database: Database, resource: Resource): void {
  const { name, missing, read } = resource
  const table = `notification.${name}`
  const first = (rows: readonly JsonObject[], id: string): JsonObject => {
    const [row] = rows
    if (row === undefined) throw refuse(missing, `Nothing among the ${name} has the id ${id}`)
    return row
  }
  app.get(`/${name}/:id`, async (request) => {
    const id = uuidParam(request)
    return first(await database.query(`select * from ${table} where id = $1`, [id]), id)
  })
  app.put(`/${name}/:id`, async (request) => {
    const id = uuidParam(request)
    const body = jsonBody(request)
    return database.transaction(async (query) => {
      const stored = first(await query(`select * from ${table} where id = $1 for update`, [id]), id)
      const [columns, values] = split(read({ ...stored, ...body }))
      const changes = columns.map((column, index) => `${column} = $${index + 2}`)
      const sql = `update ${table} set ${changes.join(', ')}, updated_at = now() where id = $1 returning *`
      return first(await query(sql, [id, ...values]), id)
    })
  })
  app.delete(`/${name}/:id`, async (request) => {
    const id = uuidParam(request)
    first(await database.query(`delete from ${table} where id = $1 returning id`, [id]), id)
    return { success: true }
  })
}

function split(draft: Readonly<Record<string, unknown>>): [string[], unknown[]] {
  return [Object.keys(draft), Object.values(draft)]
}
