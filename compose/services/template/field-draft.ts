// Reads what a client wants stored in a field of a template, for create and update alike.
import type { JsonObject } from '../kit/fields.ts'
import { typedFieldsOf, type TypedFields } from '../kit/typed-fields.ts'
import { BROKEN_LIMITS } from './refusals.ts'

/** The kinds of fields, exact and case-sensitive. */
export const FIELD_TYPES = ['Text', 'Number', 'Date', 'Boolean', 'Select', 'Multiselect', 'File'] as const

type FieldType = (typeof FIELD_TYPES)[number]

/** Changes of a field; null leaves a field as it is. */
export interface FieldChange {
  readonly field_name: string | null
  readonly field_label: string | null
  readonly field_type: FieldType | null
  readonly field_description: string | null
  readonly is_required: boolean | null
  readonly field_order: number | null
  /** JSON text, ready to be stored. */
  readonly validation_rules: string | null
  readonly default_value: string | null
  readonly field_options: string | null
  readonly field_metadata: string | null
}

/** A field to be created. */
export interface FieldDraft extends FieldChange {
  readonly field_name: string
  readonly field_label: string
  readonly field_type: FieldType
}

const NAME = { min: 1, max: 255 }
const ORDER = { min: 0, max: 1_000_000 }

/** Reads a field to be created. */
export function readField(body: JsonObject): FieldDraft {
  const fields = typedFieldsOf(body)
  const field_name = fields.text('field_name', NAME)
  const field_label = fields.text('field_label', NAME)
  const field_type = fields.word('field_type', FIELD_TYPES)
  const draft = { field_name, field_label, field_type, ...details(body, fields) }
  fields.done(BROKEN_LIMITS)
  return draft
}

/** Reads an update: absent and null fields stay as they are. */
export function readFieldChange(body: JsonObject): FieldChange {
  const fields = typedFieldsOf(body)
  const field_name = fields.optionalText('field_name', NAME)
  const field_label = fields.optionalText('field_label', NAME)
  const field_type = fields.optionalWord('field_type', FIELD_TYPES)
  const change = { field_name, field_label, field_type, ...details(body, fields) }
  fields.done(BROKEN_LIMITS)
  return change
}

function details(body: JsonObject, fields: TypedFields) {
  return {
    field_description: fields.optionalText('field_description'),
    is_required: fields.has('is_required') ? fields.optionalFlag('is_required') : null,
    field_order: fields.optionalWhole('field_order', ORDER),
    validation_rules: json(body.validation_rules),
    default_value: fields.optionalText('default_value'),
    field_options: json(body.field_options),
    field_metadata: json(body.field_metadata),
  }
}

/** Any JSON at all, as text; undefined and null are nothing. */
function json(value: unknown): string | null {
  return (value ?? null) === null ? null : JSON.stringify(value)
}
