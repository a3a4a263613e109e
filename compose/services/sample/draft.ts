// Reads what a client wants stored in a sample, for create and update alike, and refuses what breaks a rule.
import { fieldsOf, isUuid, type Fields, type JsonObject } from '../kit/fields.ts'
import { refuse } from './refusals.ts'
import type { SampleRow } from './row.ts'
import { isSampleType, SAMPLE_TYPES } from './sample-types.ts'

/** The fields a client may set, ready to be stored. */
export interface SampleDraft {
  readonly name: string
  readonly barcode: string | null
  readonly sample_type: string
  readonly template_id: string | null
  readonly source_type: string | null
  readonly source_identifier: string | null
  readonly collection_date: string | null
  readonly collection_location: string | null
  readonly collector: string | null
  readonly concentration: number | null
  readonly volume: number | null
  readonly unit: string | null
  readonly quality_score: number | null
  readonly metadata: unknown
  readonly notes: string | null
}

/** The greatest number numeric(10,4) holds. */
const MAX_AMOUNT = 999_999.9999
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

/** Reads a sample to be created. */
export function readDraft(body: JsonObject): SampleDraft {
  const fields = fieldsOf(body)
  const draft: SampleDraft = {
    name: fields.text('name', { min: 1, max: 255 }),
    barcode: fields.optionalText('barcode', { min: 1, max: 100 }),
    sample_type: sampleType(fields.text('sample_type', { min: 1, max: 50 }), fields),
    template_id: template(body, fields),
    ...details(body, fields),
  }
  fields.done('validation_error')
  return draft
}

/** Reads an update of `row`: absent and null fields stay as they are. */
export function readUpdate(body: JsonObject, row: SampleRow): SampleDraft {
  const fields = fieldsOf(body)
  const type = fields.optionalText('sample_type', { min: 1, max: 50 })
  const wanted = {
    name: fields.optionalText('name', { min: 1, max: 255 }),
    barcode: fields.optionalText('barcode', { min: 1, max: 100 }),
    sample_type: type === null ? null : sampleType(type, fields),
    ...details(body, fields),
  }
  fields.done('validation_error')
  const changes = Object.entries(wanted).filter(([, value]) => value !== null)
  return { ...row, ...Object.fromEntries(changes) } as SampleDraft
}

function details(body: JsonObject, fields: Fields) {
  return {
    source_type: fields.optionalText('source_type', { max: 50 }),
    source_identifier: fields.optionalText('source_identifier', { max: 255 }),
    collection_date: moment(fields),
    collection_location: fields.optionalText('collection_location', { max: 255 }),
    collector: fields.optionalText('collector', { max: 255 }),
    concentration: fields.optionalNumber('concentration', { min: 0, max: MAX_AMOUNT }),
    volume: fields.optionalNumber('volume', { min: 0, max: MAX_AMOUNT }),
    unit: fields.optionalText('unit', { max: 20 }),
    quality_score: fields.optionalNumber('quality_score', { min: 0, max: 1 }),
    metadata: body.metadata ?? null,
    notes: fields.optionalText('notes'),
  }
}

function sampleType(name: string, fields: Fields): string {
  if (!isSampleType(name)) fields.problem(`sample_type must be one of ${SAMPLE_TYPES.join(', ')}`)
  return name
}

function moment(fields: Fields): string | null {
  const rule = { pattern: TIMESTAMP, message: 'collection_date must be an RFC 3339 time' }
  const value = fields.optionalText('collection_date', rule)
  if (value !== null && TIMESTAMP.test(value) && Number.isNaN(Date.parse(value))) fields.problem(rule.message)
  return value
}

/** With a template, metadata that is given must hold something; the template service itself is not asked. */
function template(body: JsonObject, fields: Fields): string | null {
  const id = fields.optionalText('template_id')
  if (id === null) return null
  if (!isUuid(id)) fields.problem('template_id must be a uuid')
  if (fields.has('metadata') && body.metadata === null) {
    throw refuse('template_validation_error', 'metadata must not be null when a template is used')
  }
  return id
}
