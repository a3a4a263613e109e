// Reads what a client wants stored of a sensor or one of its readings.
import type { JsonObject } from '../kit/fields.ts'
import { typedFieldsOf, type TypedFields } from '../kit/typed-fields.ts'

/** The states of a sensor. */
export const SENSOR_STATUSES = ['active', 'maintenance', 'offline'] as const

/** Changes of a sensor; null leaves a field as it is. */
export interface SensorChange {
  readonly location_id: string | null
  readonly status: string | null
  readonly battery_level: number | null
  readonly signal_strength: number | null
  readonly firmware_version: string | null
  readonly configuration: JsonObject | null
}

/** A sensor to be registered. */
export interface SensorDraft extends SensorChange {
  readonly sensor_id: string
  readonly sensor_type: string
}

/** What a sensor measured. */
export interface ReadingDraft {
  readonly value: number
  readonly unit: string | null
  readonly recorded_at: string | null
  readonly metadata: JsonObject | null
}

const ID = { min: 1, max: 100, pattern: /^[\w.:-]*$/, message: 'sensor_id may hold letters, digits and . : - _' }
const PERCENT = { min: 0, max: 100 }
const VALUE = { min: -1e9, max: 1e9 }
/** A clock may be a little fast (ms); a reading of tomorrow would hide all that come until then. */
const FAST_CLOCK = 300_000

/** Reads a sensor to be registered. */
export function readSensor(body: JsonObject): SensorDraft {
  const fields = typedFieldsOf(body)
  const sensor_id = fields.text('sensor_id', ID)
  const sensor_type = fields.text('sensor_type', { min: 1, max: 50 })
  const draft = { sensor_id, sensor_type, ...details(fields) }
  fields.done('validation')
  return draft
}

/** Reads an update of a sensor. */
export function readSensorChange(body: JsonObject): SensorChange {
  const fields = typedFieldsOf(body)
  const change = details(fields)
  fields.done('validation')
  return change
}

function details(fields: TypedFields): SensorChange {
  const status = fields.optionalText('status')
  if (status !== null && !SENSOR_STATUSES.some((known) => known === status)) {
    fields.problem(`status must be one of ${SENSOR_STATUSES.join(', ')}`)
  }
  return {
    location_id: fields.optionalUuid('location_id'),
    status,
    battery_level: fields.optionalWhole('battery_level', PERCENT),
    signal_strength: fields.optionalWhole('signal_strength', PERCENT),
    firmware_version: fields.optionalText('firmware_version', { max: 50 }),
    configuration: fields.optionalObject('configuration'),
  }
}

/** Reads a reading that arrives at `now` (ms since the epoch). */
export function readReading(body: JsonObject, now: number): ReadingDraft {
  const fields = typedFieldsOf(body)
  const value = fields.optionalNumber('value', VALUE)
  if (value === null) fields.problem('value is needed')
  const recorded_at = fields.optionalMoment('timestamp')
  if (recorded_at !== null && Date.parse(recorded_at) > now + FAST_CLOCK) fields.problem('timestamp is in the future')
  const unit = fields.optionalText('unit', { min: 1, max: 20 })
  const metadata = fields.optionalObject('metadata')
  fields.done('validation')
  return { value: value ?? 0, unit, recorded_at, metadata }
}
