// Reads and writes locations; a location never has more positions than its capacity, so it never holds more samples.
import { DatabaseError } from 'pg'
import type { Query } from '../kit/database.ts'
import { levelOf, percent } from './capacity.ts'
import type { LocationChange, LocationDraft } from './location-draft.ts'
import { refuse } from './refusals.ts'
import type { StorageWorld } from './world.ts'
import { ZONES, type Zone } from './zones.ts'

/** A row of storage.locations with its positions and the samples in them. */
export interface LocationRow {
  readonly id: string
  readonly name: string
  readonly description: string | null
  readonly location_type: string
  readonly temperature_zone: Zone
  readonly target_celsius: number
  readonly max_capacity: number
  readonly coordinates: unknown
  readonly status: string
  readonly metadata: unknown
  readonly temperature_celsius: number | null
  readonly temperature_at: Date | null
  readonly temperature_state: string
  readonly capacity_level: string
  readonly created_at: Date
  readonly updated_at: Date
  readonly slots: number
  readonly samples: number
}

/** Locations have no pages in the documents, and each is a series of several metrics: there are not endlessly many. */
const MAX_LOCATIONS = 500

/** Selects locations with their counts; a condition may follow. */
export const LOCATIONS = `select l.*, slots, samples from storage.locations l cross join lateral (
  select count(*)::int as slots, (count(*) filter (where occupied))::int as samples
  from storage.containers c where c.location_id = l.id and c.container_type = 'position'
) counted`

const INSERT = `insert into storage.locations (name, location_type, temperature_zone, max_capacity, description,
  target_celsius, coordinates, status, metadata)
select $1, $2, $3, $4::integer, $5, $6::double precision, $7::jsonb, coalesce($8, 'active'), coalesce($9::jsonb, '{}')
where (select count(*) from storage.locations) < ${MAX_LOCATIONS}
returning *, 0 as slots, 0 as samples`
const UPDATE = `update storage.locations set
  name = coalesce($2, name), location_type = coalesce($3, location_type),
  temperature_zone = coalesce($4, temperature_zone), max_capacity = coalesce($5, max_capacity),
  description = coalesce($6, description), target_celsius = coalesce($7, target_celsius),
  coordinates = coalesce($8::jsonb, coordinates), status = coalesce($9, status),
  metadata = coalesce($10::jsonb, metadata), updated_at = now()
where id = $1 returning *`

/** The location with an id. */
export async function locationById(query: Query, id: string): Promise<LocationRow> {
  const [row] = await query<LocationRow>(`${LOCATIONS} where id = $1`, [id])
  return row ?? locationNotFound()
}

/** All locations of a zone or type, by name. */
export function listLocations(query: Query, zone: Zone | null, type: string | null): Promise<LocationRow[]> {
  const where = 'where ($1::text is null or temperature_zone = $1) and ($2::text is null or location_type = $2)'
  return query<LocationRow>(`${LOCATIONS} ${where} order by name`, [zone, type])
}

/** Stores a new location; names are unique, for alerts name a location by nothing else. */
export async function createLocation({ database }: StorageWorld, draft: LocationDraft): Promise<LocationRow> {
  const target = draft.target_celsius ?? ZONES[draft.temperature_zone]
  const values = [...valuesOf({ ...draft, target_celsius: target })]
  const [row] = await unlessTaken(database.query<LocationRow>(INSERT, values))
  if (row === undefined) throw refuse('capacity_exceeded', `There are ${MAX_LOCATIONS} locations already`)
  return row
}

/** Stores what a client changed; the location is held, so that no position is added meanwhile. */
export function updateLocation(world: StorageWorld, id: string, change: LocationChange): Promise<LocationRow> {
  return world.database.transaction(async (query) => {
    await lockLocation(query, id)
    const now = await locationById(query, id)
    await check(query, now, change)
    const moved = change.temperature_zone !== null && change.temperature_zone !== now.temperature_zone
    const target = change.target_celsius ?? (moved && change.temperature_zone ? ZONES[change.temperature_zone] : null)
    const values = [id, ...valuesOf({ ...change, target_celsius: target })]
    const [row] = await unlessTaken(query<LocationRow>(UPDATE, values))
    return { ...now, ...row }
  })
}

/** Holds a location until the transaction ends. */
export async function lockLocation(query: Query, id: string): Promise<void> {
  const [row] = await query('select id from storage.locations where id = $1 for update', [id])
  if (row === undefined) locationNotFound()
}

async function check(query: Query, now: LocationRow, change: LocationChange): Promise<void> {
  if (change.max_capacity !== null && change.max_capacity < now.slots) {
    throw refuse('validation', `max_capacity is below the ${now.slots} positions of the location`)
  }
  if (change.temperature_zone === null || change.temperature_zone === now.temperature_zone) return
  const [inside] = await query('select 1 from storage.containers where location_id = $1 limit 1', [now.id])
  if (inside !== undefined) throw refuse('validation', 'Cannot change the zone of a location with existing containers')
}

/** Removes a location without containers; the foreign key finds the ones that are added meanwhile. */
export async function deleteLocation({ database }: StorageWorld, id: string): Promise<void> {
  try {
    const [gone] = await database.query('delete from storage.locations where id = $1 returning id', [id])
    if (gone === undefined) locationNotFound()
  } catch (error) {
    const used = error instanceof DatabaseError && error.code === '23503'
    throw used ? refuse('validation', 'Cannot delete location with existing containers') : error
  }
}

function valuesOf(change: LocationChange): unknown[] {
  const { name, location_type, temperature_zone, max_capacity, description } = change
  const { target_celsius, coordinates, status, metadata } = change
  return [
    name,
    location_type,
    temperature_zone,
    max_capacity,
    description,
    target_celsius,
    coordinates,
    status,
    metadata,
  ]
}

async function unlessTaken<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const taken = error instanceof DatabaseError && error.code === '23505'
    throw taken ? refuse('conflict', 'A location of that name exists already') : error
  }
}

function locationNotFound(): never {
  throw refuse('not_found', 'Storage location not found')
}

/** The JSON form of a location. */
export function locationJson(row: LocationRow): object {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    location_type: row.location_type,
    temperature_zone: row.temperature_zone,
    max_capacity: row.max_capacity,
    current_capacity: row.samples,
    target_temperature_celsius: row.target_celsius,
    temperature_celsius: row.temperature_celsius,
    temperature_at: row.temperature_at,
    temperature_state: row.temperature_state,
    coordinates: row.coordinates,
    status: row.status,
    metadata: row.metadata,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}

/** The documented view of a location's capacity. */
export function capacityJson(row: LocationRow, { thresholds }: StorageWorld): object {
  return {
    location_id: row.id,
    max_capacity: row.max_capacity,
    current_capacity: row.samples,
    utilization_percentage: percent(row.samples, row.max_capacity),
    available_capacity: row.max_capacity - row.samples,
    status: levelOf(row.samples, row.max_capacity, thresholds),
  }
}
