// Assigns positions to samples on behalf of sagas: once per transaction, and never after the transaction gave it back.
import type { Query } from '../kit/database.ts'
import { sampleNotFound, tell, TAKES_SAMPLES, unlessPlaced, type PlacementRow } from './placement.ts'
import { refuse } from './refusals.ts'
import type { SagaDraft, SagaRelease } from './saga-draft.ts'
import type { StorageWorld } from './world.ts'
import type { Zone } from './zones.ts'

/** A placement with where it is. */
export interface AssignmentRow extends PlacementRow {
  readonly location_id: string | null
  readonly temperature_zone: Zone
}

const WITH_PLACE = 'select p.*, c.location_id, c.temperature_zone'

/**
 * One statement: a position nobody else is about to take, the note that this transaction has it, the placement. A
 * second request of the same transaction waits at the note until the first is stored or gone, and then places nothing.
 */
const ASSIGN = `with chosen as (
  select id, name from storage.containers c
  where temperature_zone = $3 and not occupied and ${TAKES_SAMPLES}
  order by ordinal limit 1 for update of c skip locked
), noted as (
  insert into storage.saga_assignments (transaction_id, sample_id) select $1, $2::uuid from chosen
  on conflict do nothing returning sample_id
), taken as (
  update storage.containers c set occupied = true, updated_at = now() from chosen, noted
  where c.id = chosen.id returning c.id, c.name
), placed as (
  insert into storage.sample_positions (sample_id, container_id, position_identifier, arrival, assigned_by,
    storage_conditions, special_requirements, transaction_id)
  select $2::uuid, id, left(name, 50), 'assigned', $4, $5::jsonb, $6::jsonb, $1 from taken returning *
), told as (${tell('storage.sample_assigned', 'placed', '$7')})
${WITH_PLACE} from placed p join storage.containers c on c.id = p.container_id`

const KNOWN = 'select released_at from storage.saga_assignments where transaction_id = $1 and sample_id = $2'
const FIRST = `${WITH_PLACE} from storage.sample_positions p join storage.containers c on c.id = p.container_id
where p.transaction_id = $1 and p.sample_id = $2 order by p.assigned_at limit 1`

/** Waits for an assignment of the same transaction that is under way, and keeps out those that are still to come. */
const CLOSE = `insert into storage.saga_assignments (transaction_id, sample_id, released_at) values ($1, $2, now())
on conflict (transaction_id, sample_id) do update
set released_at = coalesce(storage.saga_assignments.released_at, now()) returning released_at`
const FREE = `with gone as (
  update storage.sample_positions set removed_at = now(), removed_by = $3, removal = 'released', reason = $4
  where transaction_id = $1 and sample_id = $2 and removed_at is null returning *
), freed as (
  update storage.containers c set occupied = false, updated_at = now() from gone where c.id = gone.container_id
), told as (${tell('storage.sample_removed', 'gone', '$5')})
${WITH_PLACE} from gone p join storage.containers c on c.id = p.container_id`
const LATEST = `${WITH_PLACE} from storage.sample_positions p join storage.containers c on c.id = p.container_id
where p.transaction_id = $1 and p.sample_id = $2 order by p.assigned_at desc limit 1`

/** Finds a sample a position in its zone; the same transaction gets the same one, however often it asks. */
export async function assignForSaga(world: StorageWorld, draft: SagaDraft): Promise<AssignmentRow> {
  const { database, outbox } = world
  const { transaction_id, sample_id, zone, by, conditions, special } = draft
  const values = [
    transaction_id,
    sample_id,
    zone,
    by,
    JSON.stringify(conditions),
    JSON.stringify(special),
    outbox.note(),
  ]
  const [row] = await unlessPlaced(database.query<AssignmentRow>(ASSIGN, values))
  if (row === undefined) return earlierAssignment(database.query, draft)
  outbox.wake()
  return row
}

async function earlierAssignment(query: Query, { transaction_id, sample_id, zone }: SagaDraft): Promise<AssignmentRow> {
  const [known] = await query<{ released_at: Date | null }>(KNOWN, [transaction_id, sample_id])
  if (known === undefined) return noRoom(query, sample_id, zone)
  if (known.released_at !== null) throw refuse('conflict', 'The transaction has given its position back')
  const [row] = await query<AssignmentRow>(FIRST, [transaction_id, sample_id])
  if (row === undefined) throw new Error('a noted assignment has no placement')
  return row
}

/** Nearly full, a position that another request is about to take counts as taken, though that one may yet fail. */
async function noRoom(query: Query, sampleId: string, zone: Zone): Promise<never> {
  const sql = 'select 1 from storage.sample_positions where sample_id = $1 and removed_at is null'
  const [placed] = await query(sql, [sampleId])
  if (placed !== undefined) throw refuse('validation', 'Sample is already assigned to another position')
  throw refuse('capacity_exceeded', `Storage capacity exceeded: no free position in ${zone}`)
}

/** Gives a transaction's position back, as often as it asks; 404 when it never had one, and then it never gets one. */
export async function releaseForSaga({ database, outbox }: StorageWorld, wish: SagaRelease): Promise<AssignmentRow> {
  const { transaction_id, sample_id, by, reason } = wish
  const key = [transaction_id, sample_id]
  const row = await database.transaction(async (query) => {
    await query(CLOSE, key)
    // A statement of its own sees what the one before had to wait for.
    const [gone] = await query<AssignmentRow>(FREE, [...key, by, reason, outbox.note()])
    return gone ?? (await query<AssignmentRow>(LATEST, key))[0]
  })
  if (row === undefined) return sampleNotFound()
  outbox.wake()
  return row
}
