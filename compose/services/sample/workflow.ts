// Moves samples between statuses: checked against the table, with one history row per change, in one transaction.
import type { FastifyInstance } from 'fastify'
import { fieldsOf, jsonBody, uuidParam } from '../kit/fields.ts'
import { malformed } from '../kit/refusal.ts'
import { refuse } from './refusals.ts'
import { sampleJson, type SampleRow } from './row.ts'
import { mayGo, STATUS_NAMES, statusNamed, type Status } from './status.ts'
import { lockSample, note } from './store.ts'
import type { SampleWorld } from './world.ts'

/** A wanted step; `allow` throws when it may not be taken. */
interface Step {
  readonly id: string
  readonly to: Status
  readonly by: string
  readonly reason: string | null
  readonly action: string
  allow(from: Status): void
}

/** PUT /samples/:id/status and DELETE /samples/:id. */
export function workflowRoutes(app: FastifyInstance, world: SampleWorld): void {
  app.put('/samples/:id/status', async (request) => {
    const id = uuidParam(request)
    const fields = fieldsOf(jsonBody(request))
    const wanted = fields.text('new_status')
    const reason = fields.optionalText('reason', { max: 500 })
    fields.done('validation_error')
    const to = statusNamed(wanted)
    if (to === undefined) throw malformed(422, `Failed to deserialize the JSON body: status ${wanted.slice(0, 60)}`)
    const by = world.callerOf(request).userId
    const step: Step = { id, to, by, reason, action: 'status_updated', allow: (from) => checkTable(from, to) }
    const row = await move(world, step)
    return { success: true, data: sampleJson(row), message: `Sample status updated to ${STATUS_NAMES[to]}` }
  })
  app.delete('/samples/:id', async (request) => {
    const by = world.callerOf(request).userId
    const id = uuidParam(request)
    await move(world, { id, to: 'deleted', by, reason: null, action: 'sample_deleted', allow: checkDelete })
    return { success: true, message: 'Sample deleted successfully' }
  })
}

function checkTable(from: Status, to: Status): void {
  if (mayGo(from, to)) return
  const step = `${STATUS_NAMES[from]} to ${STATUS_NAMES[to]}`
  throw refuse('invalid_workflow_transition', `A sample may not go from ${step}`)
}

/** Deleting has its own rule: from everywhere except sequencing. */
function checkDelete(from: Status): void {
  if (from === 'in_sequencing') throw refuse('business_rule_violation', 'A sample in sequencing may not be deleted')
}

async function move(world: SampleWorld, step: Step): Promise<SampleRow> {
  const { id, to, by, reason } = step
  const { before, after } = await world.database.transaction(async (query) => {
    const row = await lockSample(query, id)
    step.allow(row.status)
    const [moved] = await query<SampleRow>(
      'update sample.samples set status = $2, updated_by = $3, updated_at = now() where id = $1 returning *',
      [id, to, by],
    )
    if (moved === undefined) throw new Error('the update returned no row')
    await query(
      `insert into sample.sample_status_history (sample_id, previous_status, new_status, changed_by, reason)
       values ($1, $2, $3, $4, $5)`,
      [id, row.status, to, by, reason],
    )
    await note(query, id, { action: step.action, by, values: { from: row.status, to } })
    return { before: row, after: moved }
  })
  if (before.status === 'pending') world.queue.change(before.metadata, -1)
  if (to === 'pending') world.queue.change(after.metadata, 1)
  world.lab.reached(after, to)
  return after
}
