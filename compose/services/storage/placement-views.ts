// Says where samples are and where they have been.
import type { Query } from '../kit/database.ts'
import { sampleNotFound, type PlacementRow } from './placement.ts'

/** A placement with all that is around it. */
interface LocatedRow extends PlacementRow {
  readonly container_name: string
  readonly container_type: string
  readonly container_barcode: string | null
  readonly temperature_zone: string
  readonly location_id: string | null
  readonly location_name: string | null
  readonly location_type: string | null
  readonly path: readonly string[]
}

const LOCATED = `with recursive up as (
  select p.container_id as id, c.parent_container_id, array[c.name::text] as path
  from storage.sample_positions p join storage.containers c on c.id = p.container_id
  where p.sample_id = $1 and p.removed_at is null
  union all
  select c.id, c.parent_container_id, c.name::text || up.path
  from up join storage.containers c on c.id = up.parent_container_id
)
select p.*, c.name as container_name, c.container_type, c.barcode as container_barcode, c.temperature_zone,
  l.id as location_id, l.name as location_name, l.location_type,
  (select path from up where parent_container_id is null) as path
from storage.sample_positions p
join storage.containers c on c.id = p.container_id
left join storage.locations l on l.id = c.location_id
where p.sample_id = $1 and p.removed_at is null`

/** Of a long history the latest are shown. */
const MAX_HISTORY = 100
const HISTORY = `select * from storage.sample_positions where sample_id = $1
order by assigned_at desc, id limit ${MAX_HISTORY}`
const INSIDE = `select p.* from storage.sample_positions p join storage.containers c on c.id = p.container_id
where (c.id = $1 or c.parent_container_id = $1) and p.removed_at is null order by c.ordinal limit 10000`

/** The samples in a position, or directly in the positions of a box. */
export async function samplesIn(query: Query, containerId: string): Promise<object[]> {
  return (await query<PlacementRow>(INSIDE, [containerId])).map(placementJson)
}

/** The documented form of a placement. */
export function placementJson(row: PlacementRow): object {
  const { arrival: _arrival, removal: _removal, reason: _reason, ...rest } = row
  return { ...rest, status: row.removed_at === null ? 'occupied' : 'available' }
}

/** Where a sample is, in short. */
export async function locationOf(query: Query, sampleId: string): Promise<object> {
  const row = await located(query, sampleId)
  return {
    sample_id: sampleId,
    container_id: row.container_id,
    position_identifier: row.position_identifier,
    location_id: row.location_id,
    location_name: row.location_name,
    temperature_zone: row.temperature_zone,
    full_path: row.path.join(' > '),
  }
}

/** Where a sample is, with all it stands in. */
export async function detailedLocationOf(query: Query, sampleId: string): Promise<object> {
  const row = await located(query, sampleId)
  return {
    position_id: row.id,
    sample_id: sampleId,
    position_identifier: row.position_identifier,
    assigned_at: row.assigned_at,
    assigned_by: row.assigned_by,
    position_status: 'occupied',
    storage_conditions: row.storage_conditions,
    special_requirements: row.special_requirements,
    notes: row.notes,
    container_id: row.container_id,
    container_name: row.container_name,
    container_type: row.container_type,
    container_barcode: row.container_barcode,
    temperature_zone: row.temperature_zone,
    full_path: row.path.join(' > '),
    level: row.path.length,
    path: row.path,
    location_id: row.location_id,
    location_name: row.location_name,
    location_zone_type: row.location_type,
  }
}

async function located(query: Query, sampleId: string): Promise<LocatedRow> {
  const [row] = await query<LocatedRow>(LOCATED, [sampleId])
  return row ?? sampleNotFound()
}

/** A sample as the storage knows it: where it is, if it is still here, and how it came and went, latest first. */
export async function sampleView(query: Query, sampleId: string): Promise<object> {
  const rows = await query<PlacementRow>(HISTORY, [sampleId])
  if (rows.length === 0) return sampleNotFound()
  const present = rows.find(({ removed_at }) => removed_at === null)
  return {
    sample_id: sampleId,
    status: present === undefined ? (rows[0]?.removal ?? 'removed') : 'stored',
    position: present === undefined ? null : placementJson(present),
    chain_of_custody: rows.flatMap(custodyOf),
  }
}

function custodyOf(row: PlacementRow): object[] {
  const { container_id, position_identifier } = row
  const place = { container_id, position_identifier }
  const came = { action: row.arrival, timestamp: row.assigned_at, by: row.assigned_by, ...place }
  // A move is one action; it shows as the arrival at the next place.
  if (row.removed_at === null || row.removal === 'moved') return [came]
  const left = { action: row.removal, timestamp: row.removed_at, by: row.removed_by, reason: row.reason, ...place }
  return [left, came]
}
