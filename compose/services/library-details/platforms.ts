// Sequencing platforms: what clients say of them, and their routes.
import type { FastifyInstance } from 'fastify'
import { jsonBody, mistyped, uuidParam, type JsonObject } from '../kit/fields.ts'
import { queryOf } from '../kit/query.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import { find, list, storeOne, type Content, type Shelf } from './shelf.ts'
import type { LibraryWorld } from './world.ts'

const PLATFORMS: Shelf = {
  table: 'library_details.platforms',
  columns: [
    'name',
    'manufacturer',
    'model',
    'capabilities',
    'supported_library_types',
    'read_configurations',
    'flow_cell_types',
    'throughput_specs',
    'quality_metrics',
    'is_active',
  ],
  missing: 'PLATFORM_NOT_FOUND',
  what: 'Platform',
}

const ROOT = '/api/v1/platforms'
const FILTER = '($3::text is null or manufacturer = $3) and ($4::boolean is null or is_active = $4)'

/** All routes under /api/v1/platforms. */
export function platformRoutes(app: FastifyInstance, { database }: LibraryWorld): void {
  const { query } = database
  app.get(ROOT, async (request) => {
    const wish = queryOf(request, 'VALIDATION_ERROR')
    const values = [wish.text('manufacturer'), wish.flag('is_active')]
    return list(query, PLATFORMS, { request, where: FILTER, values })
  })
  app.post(ROOT, async (request, reply) => {
    reply.status(201)
    return storeOne(query, PLATFORMS, readPlatform(jsonBody(request)))
  })
  app.get(`${ROOT}/:id`, async (request) => find(query, PLATFORMS, { id: uuidParam(request) }))
  app.get(`${ROOT}/:id/configurations`, async (request) => {
    const row = await find(query, PLATFORMS, { id: uuidParam(request) })
    const { id, read_configurations, flow_cell_types } = row
    return { platform_id: id, read_configurations, flow_cell_types }
  })
}

function readPlatform(body: JsonObject): Content {
  const fields = typedFieldsOf(body)
  const json = (name: string): unknown => body[name] ?? null
  if (json('capabilities') === null) throw mistyped('missing field `capabilities`')
  const platform = {
    name: fields.text('name', { min: 1, max: 255 }),
    manufacturer: fields.text('manufacturer', { min: 1, max: 255 }),
    model: fields.text('model', { min: 1, max: 255 }),
    capabilities: json('capabilities'),
    supported_library_types: fields.optionalTexts('supported_library_types', { max: 50, length: 50 }) ?? [],
    read_configurations: json('read_configurations'),
    flow_cell_types: json('flow_cell_types'),
    throughput_specs: json('throughput_specs'),
    quality_metrics: json('quality_metrics'),
    is_active: true,
  }
  fields.done('VALIDATION_ERROR')
  return platform
}
