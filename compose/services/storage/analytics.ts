// Figures of the whole storage: how things are, how samples come and go, and how full it will be.
import type { Query } from '../kit/database.ts'
import { percent } from './capacity.ts'
import { locationById, type LocationRow } from './location-store.ts'
import { predict } from './prediction.ts'
import { ZONES } from './zones.ts'

const OVERVIEW = `select
  (select count(*)::int from storage.locations) as total_locations,
  (select count(*)::int from storage.containers) as total_containers,
  (select count(*)::int from storage.containers where container_type = 'position') as total_positions,
  (select count(*)::int from storage.sample_positions where removed_at is null) as stored_samples,
  (select count(*)::int from storage.sample_positions where assigned_at > now() - interval '24 hours'
    and arrival = 'assigned') as assigned_last_24h,
  (select count(*)::int from storage.sample_positions where removed_at > now() - interval '24 hours'
    and removal <> 'moved') as removed_last_24h,
  (select count(*)::int from storage.sensors) as total_sensors,
  (select count(*)::int from storage.alerts where resolved_at is null) as open_alerts,
  (select count(*)::int from storage.locations where temperature_state = 'alert') as locations_out_of_range`

/** The figures of an overview. */
export interface Overview {
  readonly total_locations: number
  readonly total_containers: number
  readonly total_positions: number
  readonly stored_samples: number
  readonly assigned_last_24h: number
  readonly removed_last_24h: number
  readonly total_sensors: number
  readonly open_alerts: number
  readonly locations_out_of_range: number
}

/** How things are. */
export async function overview(query: Query): Promise<Overview> {
  const [row] = await query<Overview>(OVERVIEW)
  if (row === undefined) throw new Error('the overview returned no row')
  return row
}

/** The overview as it is answered. */
export async function overviewJson(query: Query): Promise<object> {
  const row = await overview(query)
  return { ...row, utilization_percentage: percent(row.stored_samples, row.total_positions), zones: ZONES }
}

const FLOW = `with days as (
  select day::date from generate_series(now() - make_interval(days => $1 - 1), now(), interval '1 day') as day
), came as (
  select assigned_at::date as day, count(*) filter (where arrival = 'assigned') as assigned,
    count(*) filter (where arrival = 'moved') as moved
  from storage.sample_positions where assigned_at >= now() - make_interval(days => $1) group by 1
), went as (
  select removed_at::date as day, count(*) as removed from storage.sample_positions
  where removed_at >= now() - make_interval(days => $1) and removal <> 'moved' group by 1
)
select to_char(day, 'YYYY-MM-DD') as day, coalesce(assigned, 0)::int as assigned, coalesce(moved, 0)::int as moved,
  coalesce(removed, 0)::int as removed
from days left join came using (day) left join went using (day) order by day`

/** How many samples came, moved and left, day by day (UTC), oldest first. */
export async function sampleFlow(query: Query, days: number): Promise<object> {
  return { period_days: days, days: await query<object>(FLOW, [days]) }
}

/** The days a prediction looks back. */
const LOOK_BACK = 30

const CHANGES = `select
  (count(*) filter (where p.arrival = 'assigned' and p.assigned_at >= now() - make_interval(days => ${LOOK_BACK})))::int
    as arrived,
  (count(*) filter (where p.removal <> 'moved' and p.removed_at >= now() - make_interval(days => ${LOOK_BACK})))::int
    as left
from storage.sample_positions p join storage.containers c on c.id = p.container_id
where (p.assigned_at >= now() - make_interval(days => ${LOOK_BACK})
    or p.removed_at >= now() - make_interval(days => ${LOOK_BACK}))
  and ($1::uuid is null or c.location_id = $1)`
const TOTALS = `select coalesce(sum(max_capacity), 0)::int as max_capacity,
  (select count(*)::int from storage.containers where occupied) as samples from storage.locations`

/** How full a location, or the whole storage, will be in so many days. */
export async function capacityPrediction(query: Query, locationId: string | null, daysAhead: number): Promise<object> {
  const [totals] = locationId === null ? await query<LocationRow>(TOTALS) : [await locationById(query, locationId)]
  const [changes] = await query<{ arrived: number; left: number }>(CHANGES, [locationId])
  const { max_capacity: capacity = 0, samples: occupied = 0 } = totals ?? {}
  const flow = { capacity, occupied, arrived: changes?.arrived ?? 0, left: changes?.left ?? 0, days: LOOK_BACK }
  const current = { current_occupied: occupied, max_capacity: capacity }
  return { location_id: locationId, days_ahead: daysAhead, ...current, ...predict(flow, daysAhead) }
}
