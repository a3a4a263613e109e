// Counts events by their id, so that one delivered twice is one event and two deliveries, whoever asks and when.
import type { Database } from '../kit/database.ts'
import type { DeliveredEvent } from '../kit/stream-handler.ts'

/** What a batch of deliveries came to, for one event. */
export interface Tallied {
  readonly type: string
  /** False when the event was known before. */
  readonly fresh: boolean
  /** How many deliveries were more than one too many. */
  readonly duplicates: number
}

/** An event of a batch and how often it is in it. */
interface Counted {
  readonly event: DeliveredEvent
  readonly times: number
}

/**
 * A statement may touch a row only once, so a batch is counted first; rows are taken in the order of their ids, so that
 * two consumers never wait for each other.
 */
const COUNT = `
insert into event_analytics.events as known
  (event_id, event_type, source_service, stream_entry, deliveries, occurred_at)
select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::int[], $6::timestamptz[]) as batch order by 1
on conflict (event_id) do update
set deliveries = known.deliveries + excluded.deliveries, last_delivered_at = now()
returning event_id, event_type, deliveries`

const FORGET = `
delete from event_analytics.events where event_id in (
  select event_id from event_analytics.events where last_delivered_at < now() - make_interval(secs => $1) limit $2
) returning event_id`

const FORGET_AT_ONCE = 1000

/** How often each event is in a batch. */
export function countById(events: readonly DeliveredEvent[]): Counted[] {
  const byId = Map.groupBy(events, ({ envelope }) => envelope.id.toLowerCase())
  return [...byId.values()].flatMap((list) => list.slice(0, 1).map((event) => ({ event, times: list.length })))
}

/** Stores deliveries, all or none. */
export async function tally({ query }: Database, events: readonly DeliveredEvent[]): Promise<Tallied[]> {
  const counted = countById(events)
  const times = new Map(counted.map(({ event, times: n }) => [event.envelope.id.toLowerCase(), n]))
  const rows = await query<{ event_id: string; event_type: string; deliveries: number }>(COUNT, columnsOf(counted))
  return rows.map(({ event_id, event_type, deliveries }) => {
    const now = times.get(event_id) ?? 0
    const fresh = deliveries === now
    return { type: event_type, fresh, duplicates: fresh ? now - 1 : now }
  })
}

function columnsOf(counted: readonly Counted[]): unknown[][] {
  const column = (read: (one: Counted) => unknown): unknown[] => counted.map(read)
  return [
    column(({ event }) => event.envelope.id),
    column(({ event }) => event.envelope.event_type.slice(0, 100)),
    column(({ event }) => event.envelope.source_service.slice(0, 64)),
    column(({ event }) => event.entry),
    column(({ times }) => times),
    column(({ event }) => event.envelope.timestamp),
  ]
}

/** Forgets some events that were last delivered longer ago than `days`; true when there may be more. */
export async function forgetOld({ query }: Database, days: number): Promise<boolean> {
  return (await query(FORGET, [days * 86_400, FORGET_AT_ONCE])).length === FORGET_AT_ONCE
}
