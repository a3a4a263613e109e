// Looks at containers: one, a page of them, what is below one, the grid of one, and where there is room.
import type { Query } from '../kit/database.ts'
import type { Page } from '../kit/query.ts'
import type { ContainerType } from './container-draft.ts'
import { gridOf, type ContainerRow } from './container-row.ts'
import { containerNotFound } from './container-store.ts'
import type { Zone } from './zones.ts'

const CONTAINERS = 'select c.*, slots, samples from storage.containers c cross join lateral storage.slots_in(c.id)'

const FILTERS = `where ($1::text is null or container_type = $1) and ($2::text is null or temperature_zone = $2)
  and ($3::uuid is null or parent_container_id = $3) and ($4::text is null or status = $4)`

/** Each filter may be null. */
export interface ContainerWish {
  readonly type: ContainerType | null
  readonly zone: Zone | null
  readonly parentId: string | null
  readonly status: string | null
}

/** The container with an id. */
export async function containerById(query: Query, id: string): Promise<ContainerRow> {
  const [row] = await query<ContainerRow>(`${CONTAINERS} where c.id = $1`, [id])
  return row ?? containerNotFound()
}

/** One page of containers, newest first, and how many there are. */
export async function listContainers(query: Query, wish: ContainerWish, page: Page): Promise<[ContainerRow[], number]> {
  const filters = [wish.type, wish.zone, wish.parentId, wish.status]
  const [count] = await query<{ total: number }>(
    `select count(*)::int as total from storage.containers ${FILTERS}`,
    filters,
  )
  const order = 'order by ordinal desc limit $5 offset $6'
  const rows = await query<ContainerRow>(`${CONTAINERS} ${FILTERS} ${order}`, [...filters, page.size, page.offset])
  return [rows, count?.total ?? 0]
}

/** What stands directly in a container; a box holds at most as many as its grid has places. */
export function childrenOf(query: Query, id: string): Promise<ContainerRow[]> {
  const where = 'where parent_container_id = $1 order by ordinal limit 10000'
  return query<ContainerRow>(`${CONTAINERS} ${where}`, [id])
}

/** One page of containers of a zone, by name. */
export function containersInZone(query: Query, zone: Zone, { size, offset }: Page): Promise<ContainerRow[]> {
  const where = 'where temperature_zone = $1 order by name, ordinal limit $2 offset $3'
  return query<ContainerRow>(`${CONTAINERS} ${where}`, [zone, size, offset])
}

const FREE_POSITIONS = `select c.*, 1 as slots, 0 as samples from storage.containers c
where container_type = 'position' and status = 'active' and not occupied
  and ($1::text is null or temperature_zone = $1)
  and not exists (select from storage.locations l where l.id = c.location_id and l.status <> 'active')
order by temperature_zone, ordinal limit $2 offset $3`
const WITH_ROOM = `${CONTAINERS} where container_type = $4 and status = 'active' and slots > samples
  and ($1::text is null or temperature_zone = $1) order by slots - samples desc, ordinal limit $2 offset $3`

/** One page of containers of a type that can take a sample. */
export function availableContainers(
  query: Query,
  { type, zone }: { type: ContainerType; zone: Zone | null },
  { size, offset }: Page,
): Promise<ContainerRow[]> {
  if (type === 'position') return query<ContainerRow>(FREE_POSITIONS, [zone, size, offset])
  return query<ContainerRow>(WITH_ROOM, [zone, size, offset, type])
}

const HIERARCHY = `with recursive below as (
  select *, 1 as level, array[name::text] as path from storage.containers where id = $1
  union all
  select c.*, below.level + 1, below.path || c.name::text
  from storage.containers c join below on c.parent_container_id = below.id where below.level < $2
) select below.*, slots, samples from below cross join lateral storage.slots_in(below.id)
order by level, ordinal limit $3`

/** A container within a hierarchy. */
export interface HierarchyRow extends ContainerRow {
  readonly level: number
  readonly path: readonly string[]
}

/** The most containers one hierarchy shows; a larger one is seen by its parts. */
const MAX_HIERARCHY = 5000

/** A container and all below it, down to `depth` levels. */
export async function hierarchyOf(query: Query, id: string, depth: number): Promise<HierarchyRow[]> {
  const rows = await query<HierarchyRow>(HIERARCHY, [id, depth, MAX_HIERARCHY])
  return rows.length === 0 ? containerNotFound() : rows
}

/** The documented form of a container within a hierarchy. */
export function hierarchyJson(row: HierarchyRow): object {
  return {
    id: row.id,
    name: row.name,
    container_type: row.container_type,
    parent_container_id: row.parent_container_id,
    location_id: row.location_id,
    grid_position: gridOf(row),
    capacity: row.capacity,
    occupied_count: row.samples,
    temperature_zone: row.temperature_zone,
    barcode: row.barcode,
    status: row.status,
    level: row.level,
    path: row.path,
    full_path: row.path.join(' > '),
  }
}

const GRID = `select c.id as container_id, coalesce(p.position_identifier, c.name) as position_identifier,
  c.grid_row as row, c.grid_column as column, c.occupied as is_occupied, p.sample_id,
  case when p.id is not null then 'occupied' when c.status = 'active' then 'available' else c.status end as status,
  c.temperature_zone
from storage.containers c
left join storage.sample_positions p on p.container_id = c.id and p.removed_at is null
where c.parent_container_id = $1 and c.container_type = 'position' and ($2 or p.id is not null)
order by c.grid_row, c.grid_column, c.ordinal limit 10000`

/** A place of a grid. */
export interface PlaceRow {
  readonly row: number | null
  readonly column: number | null
}

/** The positions of a container with their samples; free ones only where they are wished. */
export async function gridView(query: Query, id: string, includeEmpty: boolean): Promise<object> {
  const { name, container_type, dimensions } = await containerById(query, id)
  const positions = await query<PlaceRow>(GRID, [id, includeEmpty])
  const longest = (side: 'row' | 'column'): number =>
    positions.reduce((most, place) => Math.max(most, place[side] ?? 0), 0)
  const { rows, columns } = dimensions ?? { rows: longest('row'), columns: longest('column') }
  const grid_dimensions = { rows, columns, total_positions: positions.length }
  return { container_id: id, container_name: name, container_type, grid_dimensions, positions }
}
