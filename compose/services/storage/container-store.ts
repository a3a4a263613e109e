// Creates containers: all they stand in is held meanwhile, so that no capacity is ever exceeded.
import { DatabaseError } from 'pg'
import type { Query } from '../kit/database.ts'
import type { ContainerDraft, ContainerType } from './container-draft.ts'
import type { ContainerRow } from './container-row.ts'
import { holds, placeName, placesOf } from './grid.ts'
import { locationById, lockLocation, type LocationRow } from './location-store.ts'
import { refuse } from './refusals.ts'
import type { StorageWorld } from './world.ts'

/** What a container may hold directly. */
const HOLDS: Partial<Record<ContainerType, ContainerType>> = { freezer: 'rack', rack: 'box', box: 'position' }

/** A container and all it stands in, held in one order, so that two creations wait for each other and never cross. */
const LOCK_CHAIN = `select * from storage.containers where id = any(array(
  with recursive up as (
    select id, parent_container_id from storage.containers where id = $1
    union all
    select c.id, c.parent_container_id from storage.containers c join up on c.id = up.parent_container_id
  ) select id from up
)) order by id for update`
const COUNT_CHAIN = `select c.id, c.name, c.capacity, slots from storage.containers c
cross join lateral storage.slots_in(c.id) where c.id = any($1::uuid[])`

const INSERT = `insert into storage.containers (name, container_type, parent_container_id, location_id, grid_row,
  grid_column, dimensions, capacity, temperature_zone, barcode, description, container_metadata, access_restrictions,
  created_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, coalesce($12::jsonb, '{}'), coalesce($13::jsonb, '{}'), $14)
returning *, 0 as slots, 0 as samples`
const INSERT_POSITIONS = `insert into storage.containers
  (name, container_type, parent_container_id, location_id, grid_row, grid_column, capacity, temperature_zone,
  created_by)
select place.name, 'position', box.id, box.location_id, place.r, place.c, 1, box.temperature_zone, box.created_by
from storage.containers box, unnest($2::text[], $3::integer[], $4::integer[]) as place (name, r, c)
where box.id = $1`

/** Where a new container will stand. */
interface Surroundings {
  readonly parent: ContainerRow | undefined
  readonly location: LocationRow | undefined
}

/** Stores a new container, with its positions where they are wished. */
export function createContainer(world: StorageWorld, draft: ContainerDraft, by: string): Promise<ContainerRow> {
  return world.database.transaction(async (query) => {
    const { parent_container_id: parentId } = draft
    const chain = parentId === null ? [] : await query<ContainerRow>(LOCK_CHAIN, [parentId])
    const parent = chain.find(({ id }) => id === parentId)
    if (parentId !== null && parent === undefined) containerNotFound()
    const location = await locationFor(query, draft, parent)
    checkPlace(draft, { parent, location })
    await checkRoom(query, draft, { chain, location })
    return insert(query, draft, { by, parent, location })
  })
}

async function locationFor(
  query: Query,
  { location_id: wished }: ContainerDraft,
  parent: ContainerRow | undefined,
): Promise<LocationRow | undefined> {
  if (parent !== undefined && wished !== null && wished !== parent.location_id) {
    throw refuse('validation', 'A container stands in the location of its parent')
  }
  const id = parent?.location_id ?? wished
  if (id === null) return undefined
  await lockLocation(query, id)
  return locationById(query, id)
}

function checkPlace(draft: ContainerDraft, { parent, location }: Surroundings): void {
  const { container_type: type, grid_position: place, temperature_zone: zone } = draft
  if (parent !== undefined && HOLDS[parent.container_type] !== type) {
    throw refuse('validation', `Invalid hierarchy: ${parent.container_type} cannot contain ${type}`)
  }
  const grid = parent?.dimensions ?? null
  if (grid !== null && place !== null && !holds(grid, place)) {
    throw refuse('validation', `The grid of the parent has ${grid.rows} rows and ${grid.columns} columns`)
  }
  const around = parent?.temperature_zone ?? location?.temperature_zone
  if (zone !== null && around !== undefined && zone !== around) {
    throw refuse('validation', `Temperature zone violation: ${zone} within ${around}`)
  }
}

interface Around {
  readonly chain: readonly ContainerRow[]
  readonly location: LocationRow | undefined
}

async function checkRoom(query: Query, draft: ContainerDraft, { chain, location }: Around): Promise<void> {
  const added = draft.container_type === 'position' ? 1 : draft.create_positions ? placesIn(draft).length : 0
  if (added === 0) return
  const counted = await query<ContainerRow>(COUNT_CHAIN, [chain.map(({ id }) => id)])
  const full = counted.find(({ capacity, slots }) => slots + added > capacity)
  if (full !== undefined)
    throw refuse('capacity_exceeded', `Storage capacity exceeded: ${full.name} holds ${full.capacity}`)
  if (draft.container_type === 'box' && added > draft.capacity) {
    throw refuse('capacity_exceeded', `Storage capacity exceeded: the box holds ${draft.capacity}`)
  }
  if (location !== undefined && location.slots + added > location.max_capacity) {
    throw refuse('capacity_exceeded', `Storage capacity exceeded: ${location.name} holds ${location.max_capacity}`)
  }
}

function placesIn({ dimensions }: ContainerDraft) {
  return dimensions === null ? [] : placesOf(dimensions)
}

async function insert(query: Query, draft: ContainerDraft, at: Surroundings & { by: string }): Promise<ContainerRow> {
  const { parent, location, by } = at
  const zone = parent?.temperature_zone ?? location?.temperature_zone ?? draft.temperature_zone ?? 'room_temperature'
  const { name, container_type, grid_position: place, dimensions, capacity, barcode, description } = draft
  const stands = [parent?.id ?? null, location?.id ?? null, place?.row ?? null, place?.column ?? null]
  const about = [barcode, description, draft.container_metadata, draft.access_restrictions, by]
  const values = [name, container_type, ...stands, dimensions, capacity, zone, ...about]
  const [row] = await unlessTaken(query<ContainerRow>(INSERT, values))
  if (row === undefined) throw new Error('the insert returned no row')
  if (!draft.create_positions) return row
  const places = placesIn(draft)
  const columns = [places.map(placeName), places.map((one) => one.row), places.map((one) => one.column)]
  await query(INSERT_POSITIONS, [row.id, ...columns])
  return { ...row, slots: places.length }
}

async function unlessTaken<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== '23505') throw error
    const what = error.constraint === 'containers_grid' ? 'place in the grid' : 'barcode'
    throw refuse('conflict', `Another container has that ${what}`)
  }
}

/** The refusal of a container that is not there. */
export function containerNotFound(): never {
  throw refuse('not_found', 'Storage container not found')
}
