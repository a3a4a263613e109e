// Copies templates: a clone within the database, and the exported form that can be imported elsewhere.
import { jsonObject, type JsonObject } from '../kit/fields.ts'
import type { Query } from '../kit/database.ts'
import { malformed } from '../kit/refusal.ts'
import { readDraft, type TemplateDraft } from './draft.ts'
import { readField, type FieldDraft } from './field-draft.ts'
import { insertField } from './field-store.ts'
import { templateJson, type FieldRow, type TemplateRow } from './row.ts'
import { announce, insertTemplate, notFound, type Act } from './store.ts'
import type { TemplateWorld } from './world.ts'

/** Share-locked, so that fields cannot change between the three statements of a clone. */
const CLONE = `with original as (
  select * from template.templates where id = $1 and deleted_at is null for share
) insert into template.templates
  (name, description, template_type, category, tags, is_public, form_config, metadata, created_by)
select coalesce($2, left(name, 248) || ' (Copy)'), description, template_type, category, tags, is_public,
  form_config, metadata, $3 from original
returning *, 0 as field_count`
const CLONE_FIELDS = `insert into template.template_fields (template_id, field_name, field_label, field_type,
  field_description, is_required, field_order, validation_rules, default_value, field_options, field_metadata)
select $2, field_name, field_label, field_type, field_description, is_required, field_order, validation_rules,
  default_value, field_options, field_metadata
from template.template_fields where template_id = $1 returning id`
const CLONE_FILE = `insert into template.template_files (template_id, file_name, content)
select $2, file_name, content from template.template_files where template_id = $1`

/** Copies a template with its fields and file into a new draft; `name` is the copy's. */
export function cloneTemplate(world: TemplateWorld, { id, by }: Act, name: string | null): Promise<TemplateRow> {
  return world.database.transaction(async (query) => {
    const [copy] = await query<TemplateRow>(CLONE, [id, name, by])
    if (copy === undefined) return notFound(id)
    const fields = await query(CLONE_FIELDS, [id, copy.id])
    await query(CLONE_FILE, [id, copy.id])
    const row = { ...copy, field_count: fields.length }
    await announce(world, query, { type: 'template.created', row, by })
    return row
  })
}

/** The exported form of a template. */
export function exportJson(row: TemplateRow, fields: readonly FieldRow[]): object {
  return { ...templateJson(row), fields }
}

/** A template in its exported form, read back; what the new owner decides (ids, status, times) is ignored. */
export interface Imported {
  readonly draft: TemplateDraft
  readonly fields: readonly FieldDraft[]
}

/** How many templates may be imported at once. */
const MAX_IMPORT = 100

/** Reads `{templates: [...]}` of an import. */
export function readImport(templates: readonly unknown[]): readonly Imported[] {
  if (templates.length > MAX_IMPORT) throw malformed(400, `templates may have at most ${MAX_IMPORT} entries`)
  return templates.map((one) => {
    const body = jsonObject(one)
    return { draft: readDraft(body), fields: fieldsIn(body).map((field) => readField(jsonObject(field))) }
  })
}

function fieldsIn({ fields }: JsonObject): readonly unknown[] {
  if (fields === undefined || fields === null) return []
  if (Array.isArray(fields)) return fields
  throw malformed(422, 'fields: a list is needed')
}

/** Stores all of them or none. */
export function importTemplates(world: TemplateWorld, all: readonly Imported[], by: string): Promise<TemplateRow[]> {
  return world.database.transaction(async (query) => {
    const rows: TemplateRow[] = []
    for (const one of all) rows.push(await importOne(world, query, { ...one, by }))
    return rows
  })
}

async function importOne(world: TemplateWorld, query: Query, one: Imported & { by: string }): Promise<TemplateRow> {
  const stored = await insertTemplate(query, one.draft, one.by)
  for (const field of one.fields) await insertField(query, stored.id, field)
  const row = { ...stored, field_count: one.fields.length }
  await announce(world, query, { type: 'template.created', row, by: one.by })
  return row
}
