// Preparation protocols: what clients say of them, whether they are fit for use, and their routes.
import type { FastifyInstance } from 'fastify'
import { jsonBody, mistyped, uuidParam, type JsonObject } from '../kit/fields.ts'
import { queryOf } from '../kit/query.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import { refuse } from './refusals.ts'
import { find, list, replace, storeOne, type Content, type Shelf } from './shelf.ts'
import type { LibraryWorld } from './world.ts'

const PROTOCOLS: Shelf = {
  table: 'library_details.protocols',
  columns: [
    'name',
    'version',
    'library_type',
    'description',
    'steps',
    'parameters',
    'kit_id',
    'platform_compatibility',
    'quality_thresholds',
    'is_active',
  ],
  missing: 'PROTOCOL_NOT_FOUND',
  what: 'Protocol',
}

const ROOT = '/api/v1/protocols'
const FILTER = '($3::text is null or library_type = $3) and ($4::boolean is null or is_active = $4)'

/** All routes under /api/v1/protocols. */
export function protocolRoutes(app: FastifyInstance, world: LibraryWorld): void {
  const { query } = world.database
  app.get(ROOT, async (request) => {
    const wish = queryOf(request, 'VALIDATION_ERROR')
    const values = [wish.text('library_type'), wish.flag('is_active')]
    return list(query, PROTOCOLS, { request, where: FILTER, values })
  })
  app.post(ROOT, async (request, reply) => {
    const wanted = readProtocol(jsonBody(request))
    reply.status(201)
    return world.database.transaction(async (ask) => {
      const row = await storeOne<{ id: string }>(ask, PROTOCOLS, wanted)
      const payload = { protocol_id: row.id, name: wanted.name, version: wanted.version }
      await world.outbox.add(ask, { type: 'library.protocol_created', payload, subject: row.id })
      return row
    })
  })
  app.get(`${ROOT}/:id`, async (request) => find(query, PROTOCOLS, { id: uuidParam(request) }))
  app.put(`${ROOT}/:id`, async (request) => {
    return replace(query, PROTOCOLS, { id: uuidParam(request), content: readProtocol(jsonBody(request)) })
  })
  app.get(`${ROOT}/:id/steps`, async (request) => {
    return (await find<{ steps: object }>(query, PROTOCOLS, { id: uuidParam(request) })).steps
  })
  app.post(`${ROOT}/:id/validate`, async (request) => {
    const errors = problemsOf((await find(query, PROTOCOLS, { id: uuidParam(request) })).steps)
    if (errors.length === 0) return ['Protocol validation passed']
    throw refuse('PROTOCOL_VALIDATION_FAILED', `Protocol validation failed: ${errors.join(', ')}`)
  })
}

/** Reads a protocol; an update says everything anew. */
function readProtocol(body: JsonObject): Content {
  const fields = typedFieldsOf(body)
  const json = (name: string): unknown => body[name] ?? null
  if (json('steps') === null) throw mistyped('missing field `steps`')
  const protocol = {
    name: fields.text('name', { min: 1, max: 255 }),
    version: fields.text('version', { min: 1, max: 50 }),
    library_type: fields.text('library_type', { min: 1, max: 50 }),
    description: fields.optionalText('description'),
    steps: json('steps'),
    parameters: json('parameters'),
    kit_id: fields.optionalUuid('kit_id'),
    platform_compatibility: json('platform_compatibility'),
    quality_thresholds: json('quality_thresholds'),
    is_active: true,
  }
  fields.done('VALIDATION_ERROR')
  return protocol
}

/** What keeps a protocol's steps from being followed. */
export function problemsOf(steps: unknown): string[] {
  if (!Array.isArray(steps) || steps.length === 0) return ['Protocol must have at least one step']
  return steps.flatMap((step: unknown, index) => {
    const has = (name: string): boolean => typeof step === 'object' && step !== null && name in step
    const lacking = ['name', 'description'].filter((name) => !has(name))
    return lacking.map((name) => `Step ${index + 1} is missing ${name}`)
  })
}
