// Takes events in, from streams and over HTTP alike: each is noted once, and each subscriber told once.
import type { Database, Query } from '../kit/database.ts'
import type { Envelope } from '../kit/event-streams.ts'
import { storeNotification } from './store.ts'
import { covers, draftFor, type SubscriptionRow } from './subscription-match.ts'

/** What taking in an event came to. */
export interface Taken {
  readonly event_id: string
  /** False when it had been taken before. */
  readonly fresh: boolean
  readonly notifications: readonly string[]
}

/** A batch may hold an event twice; rows are taken in the order of their ids, so that nobody waits in a circle. */
const NOTE = `
insert into notification.received_events as known (event_id, event_type, deliveries)
select id, min(type), count(*) from unnest($1::uuid[], $2::text[]) as batch (id, type) group by id order by id
on conflict (event_id) do update set deliveries = known.deliveries + excluded.deliveries
returning event_id, (xmax = 0) as fresh`

/** More subscriptions than this are not looked at. */
const MOST_SUBSCRIPTIONS = 1000
const SUBSCRIPTIONS = `
select s.id, s.event_types, s.channels, s.recipients, s.priority, t.title, t.body
from notification.subscriptions s left join notification.templates t on t.id = s.template_id
where s.enabled order by s.created_at, s.id limit ${MOST_SUBSCRIPTIONS}`

/** Takes all events in or none. */
export function takeEvents(database: Database, events: readonly Envelope[]): Promise<Taken[]> {
  return database.transaction(async (query) => {
    const ids = events.map(({ id }) => id.toLowerCase())
    const types = events.map(({ event_type }) => event_type.slice(0, 100))
    const noted = await query<{ event_id: string; fresh: boolean }>(NOTE, [ids, types])
    const byId = new Map(events.map((event) => [event.id.toLowerCase(), event]))
    const subscriptions = noted.some(({ fresh }) => fresh) ? await query<SubscriptionRow>(SUBSCRIPTIONS) : []
    const taken: Taken[] = []
    for (const { event_id, fresh } of noted) {
      const event = byId.get(event_id)
      const notifications = fresh && event !== undefined ? await tell(query, subscriptions, event) : []
      taken.push({ event_id, fresh, notifications })
    }
    return taken
  })
}

async function tell(query: Query, subscriptions: readonly SubscriptionRow[], event: Envelope): Promise<string[]> {
  const ids: string[] = []
  for (const subscription of subscriptions.filter(({ event_types }) => covers(event_types, event.event_type))) {
    const { row } = await storeNotification(query, draftFor(subscription, event), event.source_service)
    ids.push(row.id)
  }
  return ids
}

const FORGET_AT_ONCE = 1000
const FORGET = `
delete from notification.received_events where event_id in (
  select event_id from notification.received_events where received_at < now() - make_interval(secs => $1)
  limit ${FORGET_AT_ONCE}
) returning event_id`

/** Forgets some events taken longer ago than `days`; true when there may be more. */
export async function forgetOld({ query }: Database, days: number): Promise<boolean> {
  return (await query(FORGET, [days * 86_400])).length === FORGET_AT_ONCE
}
