// Puts samples into positions, moves them and takes them out: one statement each, so that nothing is ever half done.
import { DatabaseError } from 'pg'
import type { Query } from '../kit/database.ts'
import { containerNotFound } from './container-store.ts'
import type { AssignDraft, MoveDraft } from './placement-draft.ts'
import { refuse } from './refusals.ts'
import type { StorageWorld } from './world.ts'

/** A row of storage.sample_positions. */
export interface PlacementRow {
  readonly id: string
  readonly sample_id: string
  readonly container_id: string
  readonly position_identifier: string
  readonly arrival: string
  readonly assigned_at: Date
  readonly assigned_by: string
  readonly removed_at: Date | null
  readonly removed_by: string | null
  readonly removal: string | null
  readonly reason: string | null
  readonly storage_conditions: unknown
  readonly special_requirements: unknown
  readonly notes: string | null
  readonly transaction_id: string | null
}

/** A position that takes a sample now; `c` is the container. */
export const TAKES_SAMPLES = `container_type = 'position' and status = 'active'
  and not exists (select from storage.locations l where l.id = c.location_id and l.status <> 'active')`

/** The event of a placement, in the statement that makes it; `context` is the parameter that is null without events. */
export function tell(type: string, from: string, context: string): string {
  return `insert into storage.outbox (event_type, subject, correlation_id, payload, context)
  select '${type}', sample_id::text, transaction_id, jsonb_build_object(
    'sample_id', sample_id, 'container_id', container_id, 'position_identifier', position_identifier,
    'position_id', id, 'by', coalesce(removed_by, assigned_by), 'reason', reason), ${context}::jsonb
  from ${from} where ${context}::jsonb is not null`
}

/** $9 is true with the defect alone: the position is taken though it is occupied. */
const ASSIGN = `with taken as (
  update storage.containers c set occupied = true, updated_at = now()
  where id = $2 and (not occupied or $9) and ${TAKES_SAMPLES} returning id, name
), placed as (
  insert into storage.sample_positions (sample_id, container_id, position_identifier, arrival, assigned_by,
    storage_conditions, special_requirements, notes)
  select $1::uuid, id, coalesce($3, left(name, 50)), 'assigned', $4, coalesce($5::jsonb, '{}'),
    coalesce($6::jsonb, '{}'), $7 from taken returning *
), told as (${tell('storage.sample_assigned', 'placed', '$8')})
select * from placed`

const MOVE = `with present as (
  select * from storage.sample_positions where sample_id = $1 and removed_at is null for update
), taken as (
  update storage.containers c set occupied = true, updated_at = now()
  where id = $2 and not occupied and ${TAKES_SAMPLES} and exists (select from present) returning id, name
), gone as (
  update storage.sample_positions p set removed_at = now(), removed_by = $4, removal = 'moved', reason = $5
  from present, taken where p.id = present.id returning p.*
), freed as (
  update storage.containers c set occupied = false, updated_at = now() from gone where c.id = gone.container_id
), placed as (
  insert into storage.sample_positions (sample_id, container_id, position_identifier, arrival, assigned_by,
    storage_conditions, special_requirements, notes, transaction_id)
  select gone.sample_id, taken.id, coalesce($3, left(taken.name, 50)), 'moved', $4, gone.storage_conditions,
    gone.special_requirements, $6, gone.transaction_id
  from gone, taken returning *
), told as (${tell('storage.sample_moved', 'placed', '$7')})
select * from placed`

const REMOVE = `with gone as (
  update storage.sample_positions set removed_at = now(), removed_by = $2, removal = $3, reason = $4
  where sample_id = $1 and removed_at is null returning *
), freed as (
  update storage.containers c set occupied = false, updated_at = now() from gone where c.id = gone.container_id
), told as (${tell('storage.sample_removed', 'gone', '$5')})
select * from gone`

/** Puts a sample into a position; of many who want the same one exactly one gets it. */
export async function assignSample(world: StorageWorld, draft: AssignDraft): Promise<PlacementRow> {
  const { database, outbox, settings } = world
  const { sample_id, container_id, position_identifier, by, storage_conditions, special_requirements, notes } = draft
  const careless = settings.defects.has('two-samples-one-position')
  const about = [storage_conditions, special_requirements, notes]
  const values = [sample_id, container_id, position_identifier, by, ...about, outbox.note(), careless]
  const [row] = await unlessPlaced(database.query<PlacementRow>(ASSIGN, values))
  if (row === undefined) return whyNot(database.query, container_id)
  outbox.wake()
  return row
}

/** Moves a sample to another position; at no time it is in both or in none. */
export async function moveSample(world: StorageWorld, draft: MoveDraft): Promise<PlacementRow> {
  const { database, outbox } = world
  const { sample_id, container_id, position_identifier, by, reason, notes } = draft
  const values = [sample_id, container_id, position_identifier, by, reason, notes, outbox.note()]
  const [row] = await unlessPlaced(database.query<PlacementRow>(MOVE, values))
  if (row === undefined) return whyNotMoved(database.query, draft)
  outbox.wake()
  return row
}

/** Why a sample leaves, and on whose behalf. */
export interface Removal {
  readonly sample_id: string
  readonly by: string
  readonly removal: 'removed' | 'retrieved'
  readonly reason: string | null
}

/** Takes a sample out of its position. */
export async function removeSample(world: StorageWorld, wish: Removal): Promise<PlacementRow> {
  const { sample_id, by, removal, reason } = wish
  const values = [sample_id, by, removal, reason, world.outbox.note()]
  const [row] = await world.database.query<PlacementRow>(REMOVE, values)
  if (row === undefined) return sampleNotFound()
  world.outbox.wake()
  return row
}

async function whyNotMoved(query: Query, { sample_id, container_id }: MoveDraft): Promise<never> {
  const sql = 'select 1 from storage.sample_positions where sample_id = $1 and removed_at is null'
  const [present] = await query(sql, [sample_id])
  if (present === undefined) return sampleNotFound()
  return whyNot(query, container_id)
}

const POSITION = `select c.container_type, c.status, c.occupied, coalesce(l.status, 'active') as location_status
from storage.containers c left join storage.locations l on l.id = c.location_id where c.id = $1`

interface PositionRow {
  readonly container_type: string
  readonly status: string
  readonly occupied: boolean
  readonly location_status: string
}

/** The documents refuse a wrong or occupied position with 400. */
async function whyNot(query: Query, containerId: string): Promise<never> {
  const [position] = await query<PositionRow>(POSITION, [containerId])
  if (position === undefined) return containerNotFound()
  const { container_type, status, occupied, location_status } = position
  if (container_type !== 'position') throw refuse('validation', 'A sample can be put into a position only')
  if (status !== 'active') throw refuse('validation', `The position is not in use: ${status}`)
  if (location_status !== 'active') throw refuse('validation', `The location is not in use: ${location_status}`)
  if (occupied) throw refuse('validation', 'Position is already occupied')
  throw refuse('conflict', 'The position or the sample was changed by someone else meanwhile')
}

/** The unique indexes have the last word; which one it was says why. */
export async function unlessPlaced<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== '23505') throw error
    if (error.constraint === 'sample_positions_container') throw refuse('validation', 'Position is already occupied')
    throw refuse('validation', 'Sample is already assigned to another position')
  }
}

/** The refusal of a sample that is not in the storage. */
export function sampleNotFound(): never {
  throw refuse('not_found', 'Sample not found')
}
