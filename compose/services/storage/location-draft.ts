// Reads what a client wants stored of a location, for create and update alike.
import type { JsonObject } from '../kit/fields.ts'
import { typedFieldsOf, type TypedFields } from '../kit/typed-fields.ts'
import { zoneNamed, ZONE_NAMES, type Zone } from './zones.ts'

/** The states of a location or container; samples go only into active ones. */
export const PLACE_STATUSES = ['active', 'maintenance', 'offline', 'decommissioned'] as const

/** Changes of a location; null leaves a field as it is. */
export interface LocationChange {
  readonly name: string | null
  readonly location_type: string | null
  readonly temperature_zone: Zone | null
  readonly max_capacity: number | null
  readonly description: string | null
  readonly target_celsius: number | null
  readonly coordinates: JsonObject | null
  readonly status: string | null
  readonly metadata: JsonObject | null
}

/** A location to be created. */
export interface LocationDraft extends LocationChange {
  readonly name: string
  readonly location_type: string
  readonly temperature_zone: Zone
  readonly max_capacity: number
}

const NAME = { min: 1, max: 255 }
const TYPE = { min: 1, max: 50 }
/** The documents give the least alone; the greatest is what one location can sensibly hold. */
const CAPACITY = { min: 1, max: 1_000_000 }
/** What sensors of a laboratory can measure, °C. */
export const CELSIUS = { min: -273.15, max: 1000 }

/** Reads a location to be created. */
export function readLocation(body: JsonObject): LocationDraft {
  const fields = typedFieldsOf(body)
  const name = fields.text('name', NAME)
  const location_type = fields.text('location_type', TYPE)
  const zone = readZone(fields, fields.text('temperature_zone'))
  const max_capacity = fields.optionalWhole('max_capacity', CAPACITY)
  if (max_capacity === null) fields.problem('max_capacity is needed')
  const draft = { ...details(fields), name, location_type }
  fields.done('validation')
  // Both were noted as problems where they are missing, so that this is reached with both.
  return { ...draft, temperature_zone: zone ?? 'room_temperature', max_capacity: max_capacity ?? 1 }
}

/** Reads an update: absent and null fields stay as they are; one that changes nothing is refused. */
export function readLocationChange(body: JsonObject): LocationChange {
  const fields = typedFieldsOf(body)
  const zone = fields.optionalText('temperature_zone')
  const change: LocationChange = {
    ...details(fields),
    name: fields.optionalText('name', NAME),
    location_type: fields.optionalText('location_type', TYPE),
    temperature_zone: zone === null ? null : readZone(fields, zone),
    max_capacity: fields.optionalWhole('max_capacity', CAPACITY),
  }
  if (Object.values(change).every((value) => value === null)) fields.problem('No updates provided')
  fields.done('validation')
  return change
}

function details(fields: TypedFields) {
  const status = fields.optionalText('status')
  if (status !== null && !PLACE_STATUSES.some((known) => known === status)) {
    fields.problem(`status must be one of ${PLACE_STATUSES.join(', ')}`)
  }
  return {
    description: fields.optionalText('description'),
    // The documents know the target of a zone; a location may have one of its own.
    target_celsius: fields.optionalNumber('target_temperature_celsius', CELSIUS),
    coordinates: fields.optionalObject('coordinates'),
    status,
    metadata: fields.optionalObject('metadata'),
  }
}

/** The zone of a field; an unknown one is a broken rule. */
export function readZone(fields: TypedFields, name: string): Zone | null {
  const zone = zoneNamed(name)
  if (zone === undefined) fields.problem(`temperature_zone must be one of ${ZONE_NAMES.join(', ')}`)
  return zone ?? null
}
