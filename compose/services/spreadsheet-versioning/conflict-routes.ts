// Lists conflicts and takes what was decided about them.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { jsonBody, uuidParam, type JsonObject } from '../kit/fields.ts'
import { queryOf } from '../kit/query.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import { conflictById, resolveConflict, STRATEGIES, type Conflict, type Resolution } from './conflict.ts'
import type { VersioningWorld } from './world.ts'

const LIST = `select *, (count(*) over ())::int as total from spreadsheet_versioning.conflicts
where ($1::text is null or status = $1) order by created_at desc, id limit $2 offset $3`

/** All routes under /api/v1/conflicts. */
export function conflictRoutes(app: FastifyInstance, world: VersioningWorld): void {
  app.get('/api/v1/conflicts', (request) => list(world, request))
  app.get('/api/v1/conflicts/:conflict_id', async (request) => {
    return conflictById(world.database.query, uuidParam(request, 'conflict_id'))
  })
  app.post('/api/v1/conflicts/:conflict_id/resolve', async (request) => {
    const id = uuidParam(request, 'conflict_id')
    const resolution = readResolution(jsonBody(request), { id, by: world.callerOf(request).userId })
    return world.database.transaction(async (query) => {
      const conflict = await resolveConflict(query, resolution)
      const payload = { conflict_id: id, strategy: resolution.strategy, resolved_value: conflict.resolved_value }
      await world.outbox.add(query, { type: 'spreadsheet.conflict_resolved', payload, subject: id })
      return conflict
    })
  })
}

/** Reads what was decided about the conflict with an id. */
export function readResolution(body: JsonObject, { id, by }: Pick<Resolution, 'id' | 'by'>): Resolution {
  const fields = typedFieldsOf(body)
  const strategy = fields.word('resolution_strategy', STRATEGIES)
  const value = fields.optionalText('resolved_value')
  const notes = fields.optionalText('resolution_notes', { max: 2000 })
  if (strategy === 'custom' && value === null) fields.problem('resolved_value is needed')
  fields.done('conflict_resolution_error')
  return { id, strategy, value, notes, by }
}

async function list({ database }: VersioningWorld, request: FastifyRequest): Promise<object> {
  const wish = queryOf(request, 'validation_error')
  const status = wish.word('status', ['Pending', 'Resolved'])
  const limit = wish.whole('limit', { fallback: 50, max: 100 })
  const offset = wish.whole('offset', { fallback: 0, min: 0, max: 1_000_000 })
  const rows = await database.query<Conflict & { total: number }>(LIST, [status, limit, offset])
  const conflicts = rows.map(({ total: _, ...conflict }) => conflict)
  return { conflicts, total_count: rows[0]?.total ?? 0, page: Math.floor(offset / limit), per_page: limit }
}
