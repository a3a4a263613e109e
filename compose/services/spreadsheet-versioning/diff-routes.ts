// Compares versions, finds their conflicts and merges them.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { fieldsOf, jsonBody, jsonObject, type JsonObject } from '../kit/fields.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import { readResolution } from './conflict-routes.ts'
import { conflictsOf, keepConflicts } from './conflict.ts'
import { differencesOf, STRICT, summaryOf, type Difference, type Leniency } from './difference.ts'
import { cellAt } from './grid.ts'
import { merge } from './merge.ts'
import { gridsOf, MERGE_STRATEGIES, mergeVersions, type MergeWish } from './merging.ts'
import { refuse } from './refusals.ts'
import { gridById, type WithGrid } from './version-store.ts'
import type { VersioningWorld } from './world.ts'

/** So many differences are listed; the summary counts all of them. */
const MOST = 1000
/** So many conflicts can be settled together with a merge. */
const MOST_RESOLUTIONS = 100

/** POST /api/v1/diff/compare, /merge and /conflicts. */
export function diffRoutes(app: FastifyInstance, world: VersioningWorld): void {
  app.post('/api/v1/diff/compare', (request) => compare(world, request))
  app.post('/api/v1/diff/conflicts', (request) => findConflicts(world, request))
  app.post('/api/v1/diff/merge', (request) => mergeThem(world, request))
}

async function compare({ database }: VersioningWorld, request: FastifyRequest): Promise<object> {
  const body = jsonBody(request)
  const fields = typedFieldsOf(body)
  const ids = [fields.uuid('from_version_id'), fields.uuid('to_version_id')] as const
  const leniency = readLeniency(fields.optionalObject('diff_options'))
  const from = await gridById(database.query, ids[0])
  const to = await gridById(database.query, ids[1])
  const differences = differencesOf(from.grid, to.grid, leniency)
  return {
    from_version: withoutGrid(from),
    to_version: withoutGrid(to),
    diffs: differences.slice(0, MOST).map((difference) => differenceJson(difference, from, to)),
    truncated: differences.length > MOST,
    summary: summaryOf(from.grid, to.grid, differences.length),
    generated_at: new Date().toISOString(),
  }
}

function readLeniency(options: JsonObject | null): Leniency {
  if (options === null) return STRICT
  const fields = fieldsOf(options)
  return { ignoreWhitespace: fields.optionalFlag('ignore_whitespace'), ignoreCase: fields.optionalFlag('ignore_case') }
}

function withoutGrid({ grid: _, ...version }: WithGrid): object {
  return version
}

function differenceJson({ row, column, from, to }: Difference, before: WithGrid, after: WithGrid): object {
  const kind = from === null ? 'cell_added' : 'cell_deleted'
  return {
    from_version_id: before.id,
    to_version_id: after.id,
    diff_type: from !== null && to !== null ? 'cell_change' : kind,
    sheet_name: 'Sheet1',
    row_index: row,
    column_index: column,
    column_name: cellAt(after.grid, 0, column) ?? cellAt(before.grid, 0, column),
    old_value: from,
    new_value: to,
  }
}

function findConflicts({ database }: VersioningWorld, request: FastifyRequest): Promise<object> {
  const fields = typedFieldsOf(jsonBody(request))
  const ids = [fields.uuid('base_version_id'), fields.uuid('version_a_id'), fields.uuid('version_b_id')] as const
  return database.transaction(async (query) => {
    const [base, a, b] = [await gridById(query, ids[0]), await gridById(query, ids[1]), await gridById(query, ids[2])]
    if (new Set([base, a, b].map(({ spreadsheet_id }) => spreadsheet_id)).size > 1) {
      throw refuse('validation_error', 'Only versions of one spreadsheet can be in conflict')
    }
    const trio = { base, a, b }
    await keepConflicts(query, trio, merge(gridsOf(trio), () => undefined).open)
    return conflictsOf(query, trio)
  })
}

async function mergeThem(world: VersioningWorld, request: FastifyRequest): Promise<object> {
  const wish = readMerge(world, request)
  const { version, conflicts, merged } = await mergeVersions(world, wish)
  if (version === undefined) {
    const open = conflicts.filter(({ status }) => status === 'Pending').length
    throw refuse('merge_conflict', `Merge conflict: ${open} conflicts have to be resolved first`)
  }
  const merge_summary = {
    total_changes_applied: merged.applied,
    conflicts_resolved: merged.settled,
    conflicts_remaining: 0,
    merge_strategy_used: wish.strategy,
  }
  return { merged_version_id: version.id, conflicts, merge_summary, merged_at: version.created_at }
}

function readMerge({ callerOf }: VersioningWorld, request: FastifyRequest): MergeWish {
  const body = jsonBody(request)
  const fields = typedFieldsOf(body)
  const by = callerOf(request).userId
  const given = (body.conflict_resolution ?? null) === null ? [] : fields.list('conflict_resolution')
  if (given.length > MOST_RESOLUTIONS) fields.problem(`at most ${MOST_RESOLUTIONS} resolutions are allowed`)
  fields.done('validation_error')
  const resolutions = given.map((one) => {
    const resolution = jsonObject(one)
    return readResolution(resolution, { id: typedFieldsOf(resolution).uuid('conflict_id'), by })
  })
  const strategy = fields.optionalWord('merge_strategy', MERGE_STRATEGIES) ?? 'AutoMerge'
  const [source, target] = [fields.uuid('source_version_id'), fields.uuid('target_version_id')]
  return { source, target, strategy, resolutions, by }
}
