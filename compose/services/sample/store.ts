// Reads and writes samples; a change and its audit row are stored together or not at all, in few round trips.
import { DatabaseError } from 'pg'
import type { Query } from '../kit/database.ts'
import { newBarcode } from './barcode.ts'
import type { SampleDraft } from './draft.ts'
import { refuse } from './refusals.ts'
import type { SampleRow } from './row.ts'
import type { SampleWorld } from './world.ts'

const COLUMNS = [
  'name',
  'sample_type',
  'template_id',
  'source_type',
  'source_identifier',
  'collection_date',
  'collection_location',
  'collector',
  'concentration',
  'volume',
  'unit',
  'quality_score',
  'metadata',
  'notes',
] as const

const PLACES = COLUMNS.map((_, index) => `$${index + 3}`)
const NOTE = `$${COLUMNS.length + 3}::jsonb`
/** One statement is atomic by itself, and one round trip keeps a connection for the least time on a slow network. */
const INSERT = `with stored as (
  insert into sample.samples (barcode, created_by, ${COLUMNS.join(', ')})
  values ($1, $2, ${PLACES.join(', ')}) returning *
), noted as (
  insert into sample.sample_audit_log (sample_id, action, new_values, performed_by)
  select id, 'sample_created', jsonb_build_object('barcode', barcode), created_by from stored
), announced as (
  insert into sample.outbox (event_type, subject, payload, context)
  select 'sample.created', id,
    jsonb_build_object('sample_id', id, 'barcode', barcode, 'sample_type', sample_type), ${NOTE}
  from stored where ${NOTE} is not null
) select * from stored`
const UPDATE = `update sample.samples set barcode = $1, updated_by = $2,
${COLUMNS.map((column, index) => `${column} = ${PLACES[index]}`).join(', ')}, updated_at = now()
where id = $${COLUMNS.length + 3} returning *`

const NOTE_UPDATE = `insert into sample.sample_audit_log (sample_id, action, performed_by)
values ($1, 'sample_updated', $2)`

/** How often a made-up barcode may turn out to be taken. */
const BARCODE_TRIES = 10

function valuesOf(draft: SampleDraft): unknown[] {
  const json = draft.metadata === null ? null : JSON.stringify(draft.metadata)
  return COLUMNS.map((column) => (column === 'metadata' ? json : draft[column]))
}

/** Stores a new sample; a barcode is made up when none is given. A taken one is a 409, found by the unique index. */
export async function createSample(world: SampleWorld, draft: SampleDraft, by: string): Promise<SampleRow> {
  if (draft.barcode !== null) return insert(world, { ...draft, barcode: draft.barcode }, by)
  for (let attempt = 0; attempt < BARCODE_TRIES; attempt += 1) {
    const barcode = newBarcode(world.settings.barcodePrefix)
    try {
      return await insert(world, { ...draft, barcode }, by)
    } catch (error) {
      if (!isTaken(error)) throw error
    }
  }
  throw refuse('barcode_generation_error', `No free barcode was found in ${BARCODE_TRIES} attempts`)
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'duplicate_barcode'
}

type Barcoded = SampleDraft & { readonly barcode: string }

/** Undoes a transaction whose caller is told it was done. */
class Dropped extends Error {
  readonly row: SampleRow

  constructor(row: SampleRow) {
    super('acknowledged, but not stored')
    this.row = row
  }
}

function drop(row: SampleRow): never {
  throw new Dropped(row)
}

async function insert(world: SampleWorld, draft: Barcoded, by: string): Promise<SampleRow> {
  try {
    const store = async (query: Query): Promise<SampleRow> => {
      const [stored] = await query<SampleRow>(INSERT, [draft.barcode, by, ...valuesOf(draft), world.outbox.note()])
      if (stored === undefined) throw new Error('the insert returned no row')
      return stored
    }
    if (world.dropsWrite()) return await world.database.transaction(async (query) => drop(await store(query)))
    const row = await store(world.database.query)
    world.outbox.wake()
    world.queue.change(row.metadata, 1)
    return row
  } catch (error) {
    if (error instanceof Dropped) return error.row
    throw orTaken(error, draft.barcode)
  }
}

function orTaken(error: unknown, barcode: string): unknown {
  const taken = error instanceof DatabaseError && error.code === '23505'
  return taken ? refuse('duplicate_barcode', `A sample with barcode ${barcode} already exists`) : error
}

/** Stores what a client changed; `change` sees the row as it is, locked against others. */
export async function updateSample(
  world: SampleWorld,
  { id, by }: { id: string; by: string },
  change: (row: SampleRow) => SampleDraft,
): Promise<SampleRow> {
  let barcode = ''
  try {
    return await world.database.transaction(async (query) => {
      const draft = change(await lockSample(query, id))
      barcode = draft.barcode ?? ''
      const [row] = await query<SampleRow>(UPDATE, [barcode, by, ...valuesOf(draft), id])
      if (row === undefined) throw new Error('the update returned no row')
      await query(NOTE_UPDATE, [id, by])
      await world.outbox.add(query, { type: 'sample.updated', subject: id, payload: { sample_id: id, barcode } })
      return row
    })
  } catch (error) {
    throw orTaken(error, barcode)
  }
}

/** The sample, locked until the transaction ends; a deleted one is not found. */
async function lockSample(query: Query, id: string): Promise<SampleRow> {
  const sql = `select * from sample.samples where id = $1 and status <> 'deleted' for update`
  const [row] = await query<SampleRow>(sql, [id])
  if (row === undefined) throw notFound(id)
  return row
}

/** The sample with an id; a deleted one is not found. */
export async function sampleById(query: Query, id: string): Promise<SampleRow> {
  const sql = `select * from sample.samples where id = $1 and status <> 'deleted'`
  const [row] = await query<SampleRow>(sql, [id])
  if (row === undefined) throw notFound(id)
  return row
}

/** The sample with a barcode; a deleted one is not found. */
export async function sampleByBarcode(query: Query, barcode: string): Promise<SampleRow> {
  const sql = `select * from sample.samples where barcode = $1 and status <> 'deleted'`
  const [row] = await query<SampleRow>(sql, [barcode])
  if (row === undefined) throw refuse('barcode_not_found', `No sample has the barcode ${barcode}`)
  return row
}

function notFound(id: string): Error {
  return refuse('sample_not_found', `No sample has the id ${id}`)
}
