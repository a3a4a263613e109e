// A template and its fields as stored and as answered.
import { STATUS_NAMES, type Status } from './status.ts'

/** A row of template.templates with the number of its fields. */
export interface TemplateRow {
  readonly id: string
  readonly name: string
  readonly description: string | null
  readonly template_type: string
  readonly status: Status
  readonly version: number
  readonly category: string
  readonly tags: readonly string[]
  readonly is_public: boolean
  readonly is_system: boolean
  readonly form_config: unknown
  readonly metadata: unknown
  readonly created_at: Date
  readonly updated_at: Date
  readonly created_by: string
  readonly updated_by: string | null
  readonly published_at: Date | null
  readonly published_by: string | null
  readonly field_count: number
}

/** What a list needs of a row; the two documents of a template can be large and are left out. */
export type TemplateSummary = Omit<TemplateRow, 'form_config' | 'metadata'>

/** The JSON form of a template within a list. */
export function summaryJson(row: TemplateSummary): object {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    template_type: row.template_type,
    status: STATUS_NAMES[row.status],
    version: `${row.version}.0`,
    category: row.category,
    tags: row.tags,
    is_public: row.is_public,
    is_system: row.is_system,
    created_at: row.created_at,
    updated_at: row.updated_at,
    created_by: row.created_by,
    updated_by: row.updated_by,
    published_at: row.published_at,
    published_by: row.published_by,
    field_count: row.field_count,
  }
}

/** The JSON form of a single template. */
export function templateJson(row: TemplateRow): object {
  return { ...summaryJson(row), form_config: row.form_config, metadata: row.metadata }
}

/** A row of template.template_fields, which is also its JSON form. */
export interface FieldRow {
  readonly id: string
  readonly template_id: string
  readonly field_name: string
  readonly field_label: string
  readonly field_description: string | null
  readonly field_type: string
  readonly is_required: boolean
  readonly field_order: number
  readonly validation_rules: unknown
  readonly default_value: string | null
  readonly field_options: unknown
  readonly field_metadata: unknown
}
