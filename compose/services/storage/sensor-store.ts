// Reads and writes sensors and readings; a reading, its place's temperature and its alert are one statement.
import { DatabaseError } from 'pg'
import type { Query } from '../kit/database.ts'
import type { Page } from '../kit/query.ts'
import { refuse } from './refusals.ts'
import type { ReadingDraft, SensorChange, SensorDraft } from './sensor-draft.ts'
import type { StorageWorld } from './world.ts'
import { TOLERANCE } from './zones.ts'

const INSERT = `insert into storage.sensors (sensor_id, sensor_type, location_id, status, battery_level,
  signal_strength, firmware_version, configuration)
values ($1, $2, $3, coalesce($4, 'active'), $5, $6, $7, coalesce($8::jsonb, '{}')) returning *`
const UPDATE = `update storage.sensors set location_id = coalesce($2, location_id), status = coalesce($3, status),
  battery_level = coalesce($4, battery_level), signal_strength = coalesce($5, signal_strength),
  firmware_version = coalesce($6, firmware_version), configuration = coalesce($7::jsonb, configuration),
  updated_at = now()
where sensor_id = $1 returning *`

/** A row of storage.sensors, which is also its JSON form. */
export interface SensorRow {
  readonly id: string
  readonly sensor_id: string
  readonly sensor_type: string
  readonly location_id: string | null
}

/** Registers a sensor. */
export async function registerSensor({ database }: StorageWorld, draft: SensorDraft): Promise<SensorRow> {
  const { sensor_id, sensor_type } = draft
  const [row] = await unlessWrong(database.query<SensorRow>(INSERT, [sensor_id, sensor_type, ...valuesOf(draft)]))
  if (row === undefined) throw new Error('the insert returned no row')
  return row
}

/** Stores what a client changed of a sensor. */
export async function updateSensor({ database }: StorageWorld, id: string, change: SensorChange): Promise<SensorRow> {
  const [row] = await unlessWrong(database.query<SensorRow>(UPDATE, [id, ...valuesOf(change)]))
  return row ?? sensorNotFound()
}

function valuesOf(change: SensorChange): unknown[] {
  const { location_id, status, battery_level, signal_strength, firmware_version, configuration } = change
  return [location_id, status, battery_level, signal_strength, firmware_version, configuration]
}

async function unlessWrong<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const code = error instanceof DatabaseError ? error.code : undefined
    if (code === '23505') throw refuse('conflict', 'A sensor with that id is registered already')
    if (code === '23503') throw refuse('not_found', 'Storage location not found')
    throw error
  }
}

/** The sensor with an id. */
export async function sensorById(query: Query, id: string): Promise<SensorRow> {
  const [row] = await query<SensorRow>('select * from storage.sensors where sensor_id = $1', [id])
  return row ?? sensorNotFound()
}

/** Each filter may be null. */
export interface SensorWish {
  readonly type: string | null
  readonly status: string | null
  readonly locationId: string | null
}

/** One page of sensors, newest first, and how many there are. */
export async function listSensors(query: Query, wish: SensorWish, page: Page): Promise<[SensorRow[], number]> {
  const where = `where ($1::text is null or sensor_type = $1) and ($2::text is null or status = $2)
    and ($3::uuid is null or location_id = $3)`
  const filters = [wish.type, wish.status, wish.locationId]
  const [count] = await query<{ total: number }>(`select count(*)::int as total from storage.sensors ${where}`, filters)
  const sql = `select * from storage.sensors ${where} order by created_at desc, id limit $4 offset $5`
  return [await query<SensorRow>(sql, [...filters, page.size, page.offset]), count?.total ?? 0]
}

/**
 * Only the latest reading of a temperature sensor is its place's temperature, whatever the order of arrival. The place
 * is held from `before` on, so that of many readings exactly one raises the alert.
 */
const RECORD = `with sensor as (
  select * from storage.sensors where sensor_id = $1
), reading as (
  insert into storage.sensor_readings (sensor, location_id, value, unit, metadata, recorded_at)
  select id, location_id, $2::double precision, coalesce($3, 'unknown'), $4::jsonb, coalesce($5::timestamptz, now())
  from sensor returning *
), seen as (
  update storage.sensors s set last_reading = r.recorded_at, last_value = r.value, updated_at = now() from reading r
  where s.id = r.sensor and (s.last_reading is null or s.last_reading <= r.recorded_at)
), before as (
  select l.id, l.temperature_state as state from storage.locations l, reading r, sensor s
  where l.id = r.location_id and s.sensor_type = 'temperature'
    and (l.temperature_at is null or l.temperature_at <= r.recorded_at)
  for update of l
), after as (
  update storage.locations l set temperature_celsius = r.value, temperature_at = r.recorded_at,
    temperature_state = case when abs(r.value - l.target_celsius) > ${TOLERANCE} then 'alert' else 'normal' end
  from before, reading r where l.id = before.id
  returning l.id, l.name, l.temperature_zone, l.target_celsius, l.temperature_state as state, before.state as was
), raised as (
  insert into storage.alerts (sensor_id, location_id, alert_type, severity, message, threshold_value, actual_value)
  select $1, id, case when $2 > target_celsius then 'temperature_high' else 'temperature_low' end, 'critical',
    format('%s is at %s °C, its target is %s °C', name, $2, target_celsius), target_celsius, $2
  from after where state = 'alert' and was = 'normal' returning *
), resolved as (
  update storage.alerts set resolved_at = now()
  where location_id = (select id from after where state = 'normal' and was = 'alert') and resolved_at is null
), told as (
  insert into storage.outbox (event_type, subject, payload, context)
  select 'storage.sensor_data_received', $1, jsonb_build_object('sensor_id', $1::text, 'location_id', location_id,
    'value', value, 'unit', unit, 'recorded_at', recorded_at), $6::jsonb from reading where $6::jsonb is not null
), alarmed as (
  insert into storage.outbox (event_type, subject, payload, context)
  select 'storage.temperature_alert', location_id::text, jsonb_build_object('alert_id', id, 'sensor_id', sensor_id,
    'location_id', location_id, 'temperature_celsius', actual_value, 'target_celsius', threshold_value,
    'alert_type', alert_type), $6::jsonb from raised where $6::jsonb is not null
)
select r.id, $1 as sensor_id, r.location_id, r.value, r.unit, r.metadata, r.recorded_at as timestamp,
  after.state as temperature_state
from reading r left join after on true`

/** Stores a reading with all that follows from it; its JSON form. */
export async function recordReading(world: StorageWorld, id: string, draft: ReadingDraft): Promise<object> {
  const { value, unit, metadata, recorded_at } = draft
  const values = [id, value, unit, metadata, recorded_at, world.outbox.note()]
  const [row] = await world.database.query<object>(RECORD, values)
  if (row === undefined) return sensorNotFound()
  world.outbox.wake()
  return row
}

/** The refusal of a sensor that is not there. */
export function sensorNotFound(): never {
  throw refuse('not_found', 'Sensor not found')
}
