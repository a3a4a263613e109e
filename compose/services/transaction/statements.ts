// The statements a saga's progress is written with; each is atomic by itself and changes nothing for a displaced runner.

/** An event in the statement that ends or begins a saga; `context` is the parameter that is null without events. */
function event(type: string, payload: string, context: string): string {
  return `event as (
  insert into transaction.outbox (event_type, payload, subject, correlation_id, context)
  select ${type}, jsonb_build_object('saga_id', id, 'transaction_id', id, ${payload}), id, correlation_id, ${context}::jsonb
  from saga where ${context}::jsonb is not null
)`
}

const STARTED = `'transaction_type', transaction_type, 'user_id', user_id, 'started_at', created_at`
const ENDED = `'transaction_type', transaction_type, 'status', status, 'failed_step', failed_step,
    'error', error_message, 'compensation_executed', compensation_executed, 'completed_at', settled_at,
    'execution_time_ms', round(extract(epoch from settled_at - created_at) * 1000)`

/** A new saga with its first step about to be taken, in one round trip; the runner must not have been displaced. */
export const CREATE = `with saga as (
  insert into transaction.sagas (id, name, transaction_type, workflow, status, user_id, correlation_id, metadata,
    context_data, input, current_step, total_steps, runner, epoch, trace, deadline_at)
  select $1::uuid, $2, $3, $4, 'Executing', $5, $6::uuid, $7::jsonb, $8::jsonb, $9::jsonb, ($10::text[])[1],
    cardinality($10::text[]), name, epoch, $13::jsonb, $14::timestamptz
  from transaction.runners where name = $11 and epoch = $12
  returning *
), steps as (
  insert into transaction.saga_steps (saga_id, position, name, status, started_at)
  select saga.id, place - 1, step, case place when 1 then 'executing' else 'pending' end, case place when 1 then now() end
  from saga, unnest($10::text[]) with ordinality as planned (step, place)
), ${event(`'transaction.started'`, STARTED, '$15')}
select * from saga`

/** A step is done and the next one about to be taken. */
export const ADVANCE = `with saga as (
  update transaction.sagas set context = context || $4::jsonb, completed_steps = completed_steps + 1, updated_at = now(),
    current_step = (
      select s.name from transaction.saga_steps s where s.saga_id = sagas.id and s.position = sagas.completed_steps + 1
    )
  where id = $1 and epoch = $2 and status = 'Executing' and completed_steps = $3
  returning *
), done as (
  update transaction.saga_steps s set status = 'completed', output = $4, attempts = $5, finished_at = now()
  from saga where s.saga_id = saga.id and s.position = $3
), begun as (
  update transaction.saga_steps s set status = 'executing', started_at = now()
  from saga where s.saga_id = saga.id and s.position = $3 + 1
)
select * from saga`

/** A saga fails: what is to be undone is written down before any of it is. */
export const FAIL = `with saga as (
  update transaction.sagas set status = 'Compensating', outcome = $3, failed_step = $4, error_message = $5,
    current_step = null, updated_at = now()
  where id = $1 and epoch = $2 and status = 'Executing'
  returning *
), step as (
  update transaction.saga_steps s set status = $6, error = $5, finished_at = now()
  from saga where s.saga_id = saga.id and s.position = saga.completed_steps
), plan as (
  insert into transaction.saga_compensations (saga_id, position, step, name, certain)
  select saga.id, place - 1, step, undo, certain
  from saga, unnest($7::text[], $8::text[], $9::boolean[]) with ordinality as planned (step, undo, certain, place)
)
select * from saga`

/** How far the undoing of one step is. */
export const NOTE_UNDO = `with saga as (
  update transaction.sagas set updated_at = now(), current_step = $4,
    compensation_executed = compensation_executed or $5 = 'completed'
  where id = $1 and epoch = $2 and status = 'Compensating'
  returning *
), undo as (
  update transaction.saga_compensations c set status = $5, attempts = $6, error = $7,
    started_at = coalesce(c.started_at, now()),
    finished_at = case when $5 in ('completed', 'skipped', 'failed') then now() end
  -- A note that was long on its way must not undo a later one.
  from saga where c.saga_id = saga.id and c.position = $3 and c.status in ('pending', 'executing') and c.attempts <= $6
)
select * from saga`

function end(changes: string, condition: string): string {
  return `with saga as (
  update transaction.sagas set ${changes}, current_step = null, settled_at = now(), updated_at = now()
  where id = $1 and epoch = $2 and ${condition}
  returning *
), ${event('$3', ENDED, '$4')}
select * from saga`
}

/** All steps are done, and nobody has asked for the opposite. */
export const COMPLETE = end(
  `status = 'Completed'`,
  `status = 'Executing' and completed_steps = total_steps and not cancel_requested`,
)

/** All that was to be undone is. */
export const SETTLE = end(
  `status = $5, error_message = coalesce(error_message || $6::text, error_message)`,
  `status = 'Compensating'`,
)

/** A saga of ours as it is. */
export const READ = 'select * from transaction.sagas where id = $1 and epoch = $2'

/** What is to be undone, in that order. */
export const UNDOS = 'select * from transaction.saga_compensations where saga_id = $1 order by position'
