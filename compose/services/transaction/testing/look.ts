// What live tests of sagas look at: the sample as it is stored, the events that were noted, a saga's own answer.
import type { Answer } from '../../testing/client.ts'
import type { SagaSystem } from './saga-system.ts'

/** A sample as the sample service stored it. */
export interface StoredSample {
  readonly status: string
  readonly history: readonly string[]
  /** The saga that made it. */
  readonly transaction: string
}

/** The sample with a barcode. */
export async function sampleOf({ system }: SagaSystem, barcode: string): Promise<StoredSample | undefined> {
  const [row] = await system.postgres.read<StoredSample>(
    `select status, metadata ->> 'transaction_id' as transaction,
       array(select new_status from sample.sample_status_history h where sample_id = s.id order by h.id) as history
     from sample.samples s where barcode = $1`,
    [barcode],
  )
  return row
}

/** What a saga did elsewhere: positions and notifications it ever made, and those that are in force now. */
export interface Work {
  readonly positions: number
  readonly held: number
  readonly notifications: number
  readonly standing: number
}

/** All steps done, each once. */
export const DONE: Work = { positions: 1, held: 1, notifications: 1, standing: 1 }

/** What a saga did in storage and notification. */
export async function workOf({ system }: SagaSystem, id: unknown): Promise<Work> {
  const [row] = await system.postgres.read<Work>(
    `select count(p.id)::int as positions, (count(p.id) filter (where p.removed_at is null))::int as held,
       (select count(*)::int from notification.notifications where transaction_id = $1) as notifications,
       (select count(*)::int from notification.notifications where transaction_id = $1 and status <> 'Cancelled') as standing
     from storage.sample_positions p where p.transaction_id = $1`,
    [id],
  )
  return row ?? { positions: 0, held: 0, notifications: 0, standing: 0 }
}

/** The types of a saga's events, in order. */
export async function eventsOf({ system }: SagaSystem, id: unknown): Promise<string[]> {
  const sql = 'select event_type from transaction.outbox where subject = $1 order by id'
  return (await system.postgres.read<{ event_type: string }>(sql, [id])).map(({ event_type }) => event_type)
}

/** The id of the one saga that runs. */
export async function runningSaga({ call, token }: SagaSystem): Promise<string> {
  const { body } = await call('GET /api/v1/transactions', undefined, token)
  const [running] = body as { saga_id: string }[]
  return running?.saga_id ?? 'none'
}

/** The fields of an answer's body. */
export function fieldsOf({ body }: Answer): Readonly<Record<string, unknown>> {
  return body as Readonly<Record<string, unknown>>
}
