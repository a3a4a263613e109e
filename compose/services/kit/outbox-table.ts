// The table of events that wait to be sent: written with the change they tell of, read in the order they came.
import type { Database, Query } from './database.ts'

/** An event as stored; `context` is the trace context of the request that caused it. */
export interface StoredEvent {
  readonly id: string
  readonly event_id: string
  readonly event_type: string
  readonly payload: unknown
  readonly subject: string | null
  readonly correlation_id: string | null
  readonly context: Readonly<Record<string, string>>
  readonly created_at: Date
}

/** A new event; `context` as in StoredEvent. */
export interface NewEvent {
  readonly type: string
  readonly payload: object
  readonly subject?: string | null
  readonly correlationId?: string | null
}

/** The events of one schema. */
export interface OutboxTable {
  add(query: Query, event: NewEvent, context: object): Promise<void>
  /** The oldest events that are still to be sent. */
  waiting(limit: number): Promise<StoredEvent[]>
  sent(ids: readonly string[]): Promise<void>
  /** Sets an event aside that the event service will never take. */
  refused(id: string, reason: string): Promise<void>
  /** Forgets events sent longer ago than `age` ms. */
  forget(age: number): Promise<void>
}

/** The schema of a service. */
export function schemaOf(service: string): string {
  return service.replaceAll('-', '_')
}

/**
 * Idempotent statements that make the table `outbox` in the schema of `service`. Sent events stay a while, so that
 * what was promised can be compared with what arrived.
 */
export function outboxSchema(service: string): string {
  const schema = schemaOf(service)
  return `
create table if not exists ${schema}.outbox (
  id bigint generated always as identity primary key,
  event_id uuid not null default gen_random_uuid(),
  event_type varchar(100) not null,
  payload jsonb not null,
  subject varchar(255),
  correlation_id varchar(255),
  context jsonb not null default '{}',
  created_at timestamptz not null default now(),
  published_at timestamptz,
  refused text
);
create index if not exists outbox_waiting on ${schema}.outbox (id) where published_at is null and refused is null;
create index if not exists outbox_sent on ${schema}.outbox (published_at) where published_at is not null;
`
}

/** How many events one sweep forgets, so that it never holds the table for long. */
const FORGET_AT_ONCE = 1000

/** Access to the outbox of `service`. */
export function outboxTable(service: string, { query }: Database): OutboxTable {
  const table = `${schemaOf(service)}.outbox`
  return {
    add: async (ask, { type, payload, subject, correlationId }, context) => {
      await ask(
        `insert into ${table} (event_type, payload, subject, correlation_id, context) values ($1, $2, $3, $4, $5)`,
        [type, payload, subject ?? null, correlationId ?? null, context],
      )
    },
    waiting: (limit) => {
      const sql = `select * from ${table} where published_at is null and refused is null order by id limit $1`
      return query(sql, [limit])
    },
    sent: async (ids) => {
      await query(`update ${table} set published_at = now() where id = any($1::bigint[])`, [ids])
    },
    refused: async (id, reason) => {
      await query(`update ${table} set refused = $2 where id = $1`, [id, reason.slice(0, 1000)])
    },
    forget: async (age) => {
      await query(
        `delete from ${table} where id in (
           select id from ${table} where published_at < now() - make_interval(secs => $1) limit ${FORGET_AT_ONCE}
         )`,
        [age / 1000],
      )
    },
  }
}
