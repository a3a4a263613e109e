// Creates, reads, lists, describes and deletes versions.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { jsonBody, uuidParam } from '../kit/fields.ts'
import { queryOf } from '../kit/query.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import { leaveLine, takeLine } from './line.ts'
import { refuse } from './refusals.ts'
import { readVersion, VERSION, type Version } from './version.ts'
import { createVersion, gridById, versionById } from './version-store.ts'
import type { VersioningWorld } from './world.ts'

const VERSIONS = '/api/v1/versions'
const OF_ONE = '/api/v1/spreadsheets/:spreadsheet_id/versions'

/** All routes under /api/v1/versions and /api/v1/spreadsheets. */
export function versionRoutes(app: FastifyInstance, world: VersioningWorld): void {
  const { query } = world.database
  const create = (request: FastifyRequest, spreadsheet: string): Promise<Version> => {
    const draft = readVersion(jsonBody(request), world.settings)
    return createVersion(world, draft, { spreadsheet, by: world.callerOf(request).userId })
  }
  app.post(VERSIONS, async (request) => create(request, typedFieldsOf(jsonBody(request)).uuid('spreadsheet_id')))
  app.post(OF_ONE, async (request) => create(request, uuidParam(request, 'spreadsheet_id')))
  app.get(`${VERSIONS}/:version_id`, async (request) => versionById(query, uuidParam(request, 'version_id')))
  app.get(`${VERSIONS}/:version_id/data`, async (request) => {
    const { id, grid } = await gridById(query, uuidParam(request, 'version_id'))
    return { version_id: id, sheets: [{ sheet_name: 'Sheet1', sheet_index: 0, rows: grid }] }
  })
  app.put(`${VERSIONS}/:version_id`, async (request) => describe(world, request))
  app.delete(`${VERSIONS}/:version_id`, async (request, reply) => {
    await remove(world, uuidParam(request, 'version_id'))
    return reply.status(204).send()
  })
  app.get(OF_ONE, async (request) => list(world, request))
  app.get(`${OF_ONE}/:version_id`, async (request) => {
    const version = await versionById(query, uuidParam(request, 'version_id'))
    if (version.spreadsheet_id === uuidParam(request, 'spreadsheet_id')) return version
    throw refuse('version_not_found', `Version not found: ${version.id}`)
  })
}

const LIST = `select ${VERSION}, (count(*) over ())::int as total from spreadsheet_versioning.versions
where spreadsheet_id = $1 and status <> 'Deleted' order by version_number desc limit $2 offset $3`

async function list({ database }: VersioningWorld, request: FastifyRequest): Promise<object> {
  const id = uuidParam(request, 'spreadsheet_id')
  const wish = queryOf(request, 'validation_error')
  const limit = wish.whole('limit', { fallback: 50, max: 100 })
  const offset = wish.whole('offset', { fallback: 0, min: 0, max: 1_000_000 })
  const rows = await database.query<Version & { total: number }>(LIST, [id, limit, offset])
  if (rows.length === 0 && offset === 0) throw refuse('spreadsheet_not_found', `Spreadsheet not found: ${id}`)
  const versions = rows.map(({ total: _, ...version }) => version)
  return { versions, total_count: rows[0]?.total ?? 0, page: Math.floor(offset / limit), per_page: limit }
}

/** Null and absent fields stay; only versions of the line go to the archive and come back. */
const DESCRIBE = `update spreadsheet_versioning.versions
set version_tag = coalesce($2, version_tag), status = coalesce($3, status),
  changes_summary = coalesce($4, changes_summary), metadata = coalesce($5, metadata), updated_at = now()
where id = $1 and status <> 'Deleted' and ($3::text is null or status = $3 or not is_branch)
returning ${VERSION}`

async function describe({ database }: VersioningWorld, request: FastifyRequest): Promise<Version> {
  const id = uuidParam(request, 'version_id')
  const fields = typedFieldsOf(jsonBody(request))
  const tag = fields.optionalText('version_tag', { max: 100 })
  const status = fields.optionalWord('status', ['Active', 'Archived'])
  const summary = fields.optionalText('changes_summary', { max: 2000 })
  const values = [id, tag, status, summary, fields.optionalObject('metadata')]
  fields.done('validation_error')
  const [version] = await database.query<Version>(DESCRIBE, values)
  if (version !== undefined) return version
  const { status: from } = await versionById(database.query, id)
  throw refuse('validation_error', `A draft stays beside the line, it cannot go from ${from} to ${status}`)
}

/** Drafts can be deleted, and the newest version, for no other stands on them; the line then ends one earlier. */
function remove({ database, outbox }: VersioningWorld, id: string): Promise<void> {
  return database.transaction(async (query) => {
    const { spreadsheet_id } = await versionById(query, id)
    const line = await takeLine(query, spreadsheet_id)
    const { is_branch, parent_version_id } = await versionById(query, id)
    if (!is_branch && line.head_version_id !== id) {
      throw refuse('validation_error', 'Only drafts and the newest version may be deleted')
    }
    const sql = `update spreadsheet_versioning.versions set status = 'Deleted', updated_at = now() where id = $1`
    await query(sql, [id])
    if (!is_branch) await leaveLine(query, { ...line, head_version_id: parent_version_id })
    const payload = { version_id: id, spreadsheet_id }
    await outbox.add(query, { type: 'spreadsheet.version_deleted', payload, subject: spreadsheet_id })
  })
}
