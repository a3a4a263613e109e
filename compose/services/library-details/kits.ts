// Library preparation kits: what clients say of them, what they go with, and their routes.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { jsonBody, uuidParam, type JsonObject } from '../kit/fields.ts'
import { queryOf } from '../kit/query.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import { find, list, storeOne, type Content, type Shelf } from './shelf.ts'
import type { LibraryWorld } from './world.ts'

const KITS: Shelf = {
  table: 'library_details.kits',
  columns: [
    'name',
    'manufacturer',
    'catalog_number',
    'version',
    'library_types',
    'reagents',
    'specifications',
    'storage_conditions',
    'expiry_date',
    'cost_per_reaction',
    'throughput_capacity',
  ],
  missing: 'KIT_NOT_FOUND',
  what: 'Kit',
}

const ROOT = '/api/v1/kits'
const FILTER = `($3::text is null or manufacturer = $3) and ($4::text is null or library_types ? $4)`
/** So many platforms and protocols are told to go with a kit. */
const MOST = 100

/** All routes under /api/v1/kits. */
export function kitRoutes(app: FastifyInstance, { database }: LibraryWorld): void {
  const { query } = database
  const search = async (request: FastifyRequest) => {
    const wish = queryOf(request, 'VALIDATION_ERROR')
    const values = [wish.text('manufacturer'), wish.text('library_type')]
    return list(query, KITS, { request, where: FILTER, values })
  }
  app.get(ROOT, search)
  app.get(`${ROOT}/search`, search)
  app.post(ROOT, async (request, reply) => {
    reply.status(201)
    return storeOne(query, KITS, readKit(jsonBody(request)))
  })
  app.get(`${ROOT}/:id`, async (request) => find(query, KITS, { id: uuidParam(request) }))
  app.get(`${ROOT}/:id/compatibility`, async (request) => {
    const { id, library_types } = await find(query, KITS, { id: uuidParam(request) })
    const platforms = await query(SUITABLE, [library_types])
    return { kit_id: id, library_types, platforms, protocols: await query(USING, [id]) }
  })
}

const SUITABLE = `select id, name, model from library_details.platforms
where is_active and supported_library_types ?| $1 order by name limit ${MOST}`
const USING = `select id, name, version from library_details.protocols
where kit_id = $1 order by name limit ${MOST}`

function readKit(body: JsonObject): Content {
  const fields = typedFieldsOf(body)
  const kit = {
    name: fields.text('name', { min: 1, max: 255 }),
    manufacturer: fields.text('manufacturer', { min: 1, max: 255 }),
    catalog_number: fields.optionalText('catalog_number', { max: 100 }),
    version: fields.optionalText('version', { max: 50 }),
    library_types: fields.optionalTexts('library_types', { max: 50, length: 50 }) ?? [],
    reagents: body.reagents ?? null,
    specifications: body.specifications ?? null,
    storage_conditions: fields.optionalText('storage_conditions', { max: 255 }),
    expiry_date: fields.optionalText('expiry_date', { pattern: DAY, message: 'expiry_date must be a day, YYYY-MM-DD' }),
    cost_per_reaction: fields.optionalNumber('cost_per_reaction', { min: 0, max: 1e9 }),
    throughput_capacity: fields.optionalWhole('throughput_capacity', { min: 0, max: 1_000_000_000 }),
  }
  fields.done('VALIDATION_ERROR')
  return kit
}

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
