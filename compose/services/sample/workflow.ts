// Moves samples between statuses: checked against the table, with one history row per change, stored together.
import type { FastifyInstance } from 'fastify'
import { fieldsOf, jsonBody, uuidParam } from '../kit/fields.ts'
import { malformed } from '../kit/refusal.ts'
import { refuse } from './refusals.ts'
import { sampleJson, type SampleRow } from './row.ts'
import { mayGo, STATUS_NAMES, statusNamed, type Status } from './status.ts'
import { sampleById } from './store.ts'
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
  const { defects } = world.settings
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
    if (defects.has('status-update-answers-500')) throw refuse('database_error', 'The history has no such column')
    return { success: true, data: sampleJson(row), message: `Sample status updated to ${STATUS_NAMES[to]}` }
  })
  app.delete('/samples/:id', async (request) => {
    const by = world.callerOf(request).userId
    const id = uuidParam(request)
    if (defects.has('delete-answers-500')) throw refuse('database_error', 'The status has no such label')
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

/**
 * The status must still be the one that was judged, else nothing happens; history and audit are part of the same
 * statement, so that two round trips are enough and no lock is held between them.
 */
const MOVE = `with moved as (
  update sample.samples set status = $2, updated_by = $3, updated_at = now()
  where id = $1 and status = $4 returning *
), remembered as (
  insert into sample.sample_status_history (sample_id, previous_status, new_status, changed_by, reason)
  select id, $4, $2, $3, $5 from moved
), noted as (
  insert into sample.sample_audit_log (sample_id, action, new_values, performed_by)
  select id, $6, jsonb_build_object('from', $4::text, 'to', $2::text), $3 from moved
), announced as (
  insert into sample.outbox (event_type, subject, payload, context)
  select type, id, jsonb_build_object('sample_id', id, 'barcode', barcode, 'from', $4::text, 'to', $2::text), $8
  from moved, unnest($7::text[]) as type where $8::jsonb is not null
) select * from moved`

/** Every step is told of; some have a name of their own besides. */
const EVENTS: Partial<Record<Status, string>> = {
  validated: 'sample.validated',
  in_storage: 'sample.stored',
  in_sequencing: 'sample.assigned_to_sequencing',
  completed: 'sample.completed',
}

function eventsOf(to: Status): string[] {
  const own = EVENTS[to]
  return own === undefined ? ['sample.status_changed'] : ['sample.status_changed', own]
}

async function move(world: SampleWorld, step: Step): Promise<SampleRow> {
  const { id, to, by, reason, action } = step
  const { query } = world.database
  const { status: from } = await sampleById(query, id)
  step.allow(from)
  const announced = [eventsOf(to), world.outbox.note()]
  const [moved] = await query<SampleRow>(MOVE, [id, to, by, from, reason, action, ...announced])
  if (moved === undefined) throw refuse('concurrent_modification', 'The sample was changed by someone else meanwhile')
  world.outbox.wake()
  if (from === 'pending') world.queue.change(moved.metadata, -1)
  if (to === 'pending') world.queue.change(moved.metadata, 1)
  world.lab.reached(moved, to)
  return moved
}
