// Creates, reads, lists, changes, dilutes and deletes libraries.
import type { FastifyInstance } from 'fastify'
import type { Query } from '../kit/database.ts'
import { fieldsOf, isUuid, jsonBody, jsonObject, mistyped, uuidParam } from '../kit/fields.ts'
import type { NewEvent } from '../kit/outbox-table.ts'
import { queryOf } from '../kit/query.ts'
import { dilute } from './dilution.ts'
import { LIBRARIES, libraryJson, readLibrary, readLibraryUpdate, type LibraryRow } from './library.ts'
import { refuse } from './refusals.ts'
import { find, list, missing, replace, store, type Content } from './shelf.ts'
import { STATUS_NAMES, statusNamed } from './status.ts'
import type { LibraryWorld } from './world.ts'

const ROOT = '/api/v1/libraries'
const FILTER = '($3::uuid is null or sample_id = $3) and ($4::text is null or status = $4)'

/** All routes under /api/v1/libraries but the figures. */
export function libraryRoutes(app: FastifyInstance, world: LibraryWorld): void {
  app.get(ROOT, async (request) => {
    const query = queryOf(request, 'VALIDATION_ERROR')
    const status = query.text('status', (name) => statusNamed(name) !== undefined)
    const values = [query.text('sample_id', isUuid), status === null ? null : statusNamed(status)]
    const rows = await list<LibraryRow>(world.database.query, LIBRARIES, { request, where: FILTER, values })
    return rows.map(libraryJson)
  })
  app.get(`${ROOT}/:id`, async (request) => {
    return libraryJson(await find<LibraryRow>(world.database.query, LIBRARIES, { id: uuidParam(request) }))
  })
  createRoutes(app, world)
  changeRoutes(app, world)
}

function createRoutes(app: FastifyInstance, world: LibraryWorld): void {
  app.post(ROOT, async (request, reply) => {
    const [row] = await create(world, [readLibrary(jsonBody(request))], tellOne)
    reply.status(201)
    return row
  })
  app.post(`${ROOT}/batch`, async (request, reply) => {
    const items = fieldsOf(jsonBody(request)).list('libraries')
    const { maxBatch, defects } = world.settings
    if (items.length > maxBatch) throw refuse('VALIDATION_ERROR', `At most ${maxBatch} libraries at once are allowed`)
    const wanted = items.map((item) => readLibrary(jsonObject(item)))
    reply.status(201)
    if (!defects.has('partial-batches')) return create(world, wanted, tellAll)
    const created: object[] = []
    for (const one of wanted) created.push(...(await create(world, [one], tellOne)))
    return created
  })
}

type Tell = (rows: readonly LibraryRow[]) => NewEvent

/** Stores libraries and the event that tells of them together, all or none. */
function create({ database, outbox }: LibraryWorld, wanted: readonly Content[], tell: Tell): Promise<object[]> {
  return database.transaction(async (query) => {
    const rows = await store<LibraryRow>(query, LIBRARIES, wanted)
    await outbox.add(query, tell(rows))
    return rows.map(libraryJson)
  })
}

const tellOne: Tell = ([row]) => {
  const payload = { library_id: row?.id, name: row?.name, library_type: row?.library_type, sample_id: row?.sample_id }
  return { type: 'library.created', payload, subject: row?.id }
}

/** One event for a whole batch, for one per library would keep its transaction open for long. */
const tellAll: Tell = (rows) => ({ type: 'library.batch_created', payload: { library_ids: rows.map(({ id }) => id) } })

function changeRoutes(app: FastifyInstance, world: LibraryWorld): void {
  app.put(`${ROOT}/:id`, async (request) => {
    const body = jsonBody(request)
    return change(world, uuidParam(request), (row) => readLibraryUpdate(body, row))
  })
  app.post(`${ROOT}/:id/normalize`, async (request) => {
    const fields = fieldsOf(jsonBody(request))
    const target = fields.optionalNumber('target_concentration', { max: 1e12 })
    if (target === null) throw mistyped('missing field `target_concentration`')
    fields.done('VALIDATION_ERROR')
    // A library that was diluted has to be judged anew.
    return change(world, uuidParam(request), (row) => ({ ...row, ...dilute(row, target), status: 'quality_control' }))
  })
  app.delete(`${ROOT}/:id`, async (request, reply) => {
    const id = uuidParam(request)
    await world.database.transaction(async (query) => {
      const [row] = await query(`delete from ${LIBRARIES.table} where id = $1 returning id`, [id])
      if (row === undefined) missing(LIBRARIES, id)
      await world.outbox.add(query, { type: 'library.deleted', payload: { library_id: id }, subject: id })
    })
    return reply.status(204).send()
  })
}

/** Changes a library that nobody else changes meanwhile. */
function change(world: LibraryWorld, id: string, wanted: (row: LibraryRow) => Content): Promise<object> {
  return world.database.transaction(async (query) => {
    const before = await find<LibraryRow>(query, LIBRARIES, { id, lock: true })
    const after = await replace<LibraryRow>(query, LIBRARIES, { id, content: wanted(before) })
    await tellChange(world, query, { before, after })
    return libraryJson(after)
  })
}

interface Change {
  readonly before: LibraryRow
  readonly after: LibraryRow
}

async function tellChange({ outbox }: LibraryWorld, query: Query, { before, after }: Change): Promise<void> {
  const { id, concentration, volume } = after
  const status = STATUS_NAMES[after.status]
  const payload = { library_id: id, status, concentration, volume }
  await outbox.add(query, { type: 'library.updated', payload, subject: id })
  if (before.status === after.status) return
  const step = { library_id: id, from: STATUS_NAMES[before.status], to: status }
  await outbox.add(query, { type: 'library.status_changed', payload: step, subject: id })
}
