// Reads what a client wants stored in a template, for create and update alike, and refuses what breaks a limit.
import type { JsonObject } from '../kit/fields.ts'
import { typedFieldsOf, type TypedFields } from '../kit/typed-fields.ts'
import { BROKEN_LIMITS } from './refusals.ts'
import { JSON_STATUSES, statusNamed, type Status } from './status.ts'

/** A template to be created. */
export interface TemplateDraft {
  readonly name: string
  readonly template_type: string
  readonly description: string | null
  readonly category: string | null
  readonly tags: readonly string[] | null
  readonly is_public: boolean | null
  readonly form_config: JsonObject | null
  readonly metadata: JsonObject | null
}

/** Changes of a template; null leaves a field as it is. */
export interface TemplateChange extends Omit<TemplateDraft, 'name' | 'template_type'> {
  readonly name: string | null
  readonly template_type: string | null
  readonly status: Status | null
}

const NAME = { min: 1, max: 255 }
const TYPE = { min: 1, max: 100 }
const DESCRIPTION = { max: 1000 }
/** The documents bound neither; the bounds are those of the columns. */
const CATEGORY = { max: 100 }
const TAGS = { max: 50, length: 100 }

/** Reads a template to be created; its limits are not `checked` with the defect alone. */
export function readDraft(body: JsonObject, checked = true): TemplateDraft {
  const fields = typedFieldsOf(body)
  const name = fields.text('name', NAME)
  const template_type = fields.text('template_type', TYPE)
  const draft = { name, template_type, ...details(fields) }
  if (checked) fields.done(BROKEN_LIMITS)
  return draft
}

/** Reads an update: absent and null fields stay as they are. */
export function readChange(body: JsonObject): TemplateChange {
  const fields = typedFieldsOf(body)
  const name = fields.optionalText('name', NAME)
  const template_type = fields.optionalText('template_type', TYPE)
  const status = statusNamed(fields.optionalWord('status', JSON_STATUSES))
  const change = { name, template_type, status, ...details(fields) }
  fields.done(BROKEN_LIMITS)
  return change
}

function details(fields: TypedFields) {
  return {
    description: fields.optionalText('description', DESCRIPTION),
    category: fields.optionalText('category', CATEGORY),
    tags: fields.optionalTexts('tags', TAGS),
    is_public: fields.has('is_public') ? fields.optionalFlag('is_public') : null,
    form_config: fields.optionalObject('form_config'),
    metadata: fields.optionalObject('metadata'),
  }
}
