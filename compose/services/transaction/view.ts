// How sagas are shown: as the result of a request, as a status with all its steps, as a list.
import type { FastifyRequest } from 'fastify'
import type { Database } from '../kit/database.ts'
import { isUuid } from '../kit/fields.ts'
import { pageOf, queryOf } from '../kit/query.ts'
import { refuse } from './refusals.ts'
import type { Saga } from './saga.ts'
import { ACTIVE, STATUSES, type Status } from './status.ts'

/** The documented result of a request. */
export function resultOf(saga: Saga): object {
  const { id, status, completed_steps, failed_step, error_message, compensation_executed } = saga
  const until = saga.settled_at ?? new Date()
  const execution_time_ms = until.getTime() - saga.created_at.getTime()
  return {
    saga_id: id,
    status,
    completed_steps,
    failed_step,
    error_message,
    execution_time_ms,
    compensation_executed,
  }
}

/** The documented status. */
function statusOf(saga: Saga): object {
  const { id, completed_steps, total_steps } = saga
  return {
    transaction_id: id,
    saga_id: id,
    name: saga.name,
    transaction_type: saga.transaction_type,
    user_id: saga.user_id,
    correlation_id: saga.correlation_id,
    status: saga.status,
    progress: total_steps === 0 ? 100 : (completed_steps * 100) / total_steps,
    current_step: saga.current_step,
    completed_steps,
    total_steps,
    failed_step: saga.failed_step,
    compensation_executed: saga.compensation_executed,
    started_at: saga.created_at,
    updated_at: saga.updated_at,
    completed_at: saga.settled_at,
    error_message: saga.error_message,
  }
}

const DETAILS = `select
  (select coalesce(jsonb_agg(to_jsonb(s) - 'saga_id' order by s.position), '[]')
    from transaction.saga_steps s where s.saga_id = $1) as steps,
  (select coalesce(jsonb_agg(to_jsonb(c) - 'saga_id' order by c.position), '[]')
    from transaction.saga_compensations c where c.saga_id = $1) as compensations`

/** The saga with an id as it is stored. */
export async function sagaById({ query }: Database, id: string): Promise<Saga> {
  const [saga] = await query<Saga>('select * from transaction.sagas where id = $1', [id])
  if (saga === undefined) throw refuse('transaction_not_found', `No transaction has the id ${id}`)
  return saga
}

/** The status of one saga, its steps, its compensations, and what it has found out. */
export async function fullStatus(database: Database, id: string): Promise<object> {
  const saga = await sagaById(database, id)
  const [details] = await database.query<{ steps: object[]; compensations: object[] }>(DETAILS, [id])
  return { ...statusOf(saga), context: saga.context, ...details }
}

const LIST = `select * from transaction.sagas
where status = any ($1) and ($2::uuid is null or correlation_id = $2)
order by created_at desc, id limit $3 offset $4`

/** The sagas a query asks for, newest first; those that run when it does not say. */
export async function listSagas({ query }: Database, request: FastifyRequest): Promise<object[]> {
  const wish = queryOf(request, 'validation_error')
  const correlation = wish.text('correlation_id', isUuid)
  const status = wish.word('status', [...STATUSES, 'all', 'active'] as const)
  const { size, offset } = pageOf(wish, { size: 'page_size', fallback: 50, max: 1000 })
  const statuses = statusesOf(status ?? (correlation === null ? 'active' : 'all'))
  return (await query<Saga>(LIST, [statuses, correlation, size, offset])).map(statusOf)
}

function statusesOf(wanted: Status | 'all' | 'active'): readonly Status[] {
  if (wanted === 'all') return STATUSES
  return wanted === 'active' ? ACTIVE : [wanted]
}
