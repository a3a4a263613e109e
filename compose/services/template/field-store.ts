// Reads and writes the fields of templates; whoever changes one holds its template, so that limits and order are exact.
import { DatabaseError } from 'pg'
import type { Query } from '../kit/database.ts'
import type { FieldChange, FieldDraft } from './field-draft.ts'
import { refuse } from './refusals.ts'
import type { FieldRow, TemplateRow } from './row.ts'
import { announce, notFound, templateById, type Act } from './store.ts'
import type { TemplateWorld } from './world.ts'

/** The documents name no limit; a form with more fields is a mistake, and a list of them would have no end. */
export const MAX_FIELDS = 200

const OF_TEMPLATE = 'select * from template.template_fields where template_id = $1 order by field_order, field_name'
const ONE = `select f.* from template.template_fields f join template.templates t on t.id = f.template_id
where f.template_id = $1 and f.id = $2 and t.deleted_at is null`

const TOUCH = `update template.templates set version = version + 1, updated_at = now(), updated_by = $2
where id = $1 and deleted_at is null returning *, 0 as field_count`

const INSERT = `insert into template.template_fields (template_id, field_name, field_label, field_type,
  field_description, is_required, field_order, validation_rules, default_value, field_options, field_metadata)
select $1, $2, $3, $4, $5, coalesce($6, false), coalesce($7, present.size), coalesce($8::jsonb, '[]'), $9,
  coalesce($10::jsonb, '{}'), coalesce($11::jsonb, '{}')
from (select count(*)::int as size from template.template_fields where template_id = $1) present
where present.size < ${MAX_FIELDS}
returning *`

const UPDATE = `update template.template_fields set
  field_name = coalesce($3, field_name), field_label = coalesce($4, field_label),
  field_type = coalesce($5, field_type), field_description = coalesce($6, field_description),
  is_required = coalesce($7, is_required), field_order = coalesce($8, field_order),
  validation_rules = coalesce($9::jsonb, validation_rules), default_value = coalesce($10, default_value),
  field_options = coalesce($11::jsonb, field_options), field_metadata = coalesce($12::jsonb, field_metadata)
where template_id = $1 and id = $2 returning *`

/** A field of a template, and who changes it. */
export interface FieldAct extends Act {
  readonly fieldId: string
}

/** The fields of a template in their order. */
export async function fieldsOfTemplate(query: Query, id: string): Promise<FieldRow[]> {
  await templateById(query, id)
  return query<FieldRow>(OF_TEMPLATE, [id])
}

/** One field of a template. */
export async function fieldById(query: Query, id: string, fieldId: string): Promise<FieldRow> {
  const [row] = await query<FieldRow>(ONE, [id, fieldId])
  return row ?? fieldNotFound(fieldId)
}

/** Adds a field. */
export function addField(world: TemplateWorld, act: Act, draft: FieldDraft): Promise<FieldRow> {
  return changing(world, act, (query) => insertField(query, act.id, draft))
}

/** Stores a new field within a transaction that holds the template. */
export async function insertField(query: Query, templateId: string, draft: FieldDraft): Promise<FieldRow> {
  const [row] = await unlessTaken(query<FieldRow>(INSERT, [templateId, ...valuesOf(draft)]))
  if (row === undefined) throw refuse('too_many_fields', `A template has at most ${MAX_FIELDS} fields`)
  return row
}

/** Stores what a client changed in a field. */
export function updateField(world: TemplateWorld, act: FieldAct, change: FieldChange): Promise<FieldRow> {
  return changing(world, act, async (query) => {
    const [row] = await unlessTaken(query<FieldRow>(UPDATE, [act.id, act.fieldId, ...valuesOf(change)]))
    return row ?? fieldNotFound(act.fieldId)
  })
}

/** Removes a field. */
export async function deleteField(world: TemplateWorld, act: FieldAct): Promise<void> {
  await changing(world, act, async (query) => {
    const sql = 'delete from template.template_fields where template_id = $1 and id = $2 returning *'
    const [row] = await query<FieldRow>(sql, [act.id, act.fieldId])
    return row ?? fieldNotFound(act.fieldId)
  })
}

function valuesOf(field: FieldChange): unknown[] {
  return [
    field.field_name,
    field.field_label,
    field.field_type,
    field.field_description,
    field.is_required,
    field.field_order,
    field.validation_rules,
    field.default_value,
    field.field_options,
    field.field_metadata,
  ]
}

/** Touching the template first finds out whether it is there and keeps other changes of its fields waiting. */
function changing<T>(world: TemplateWorld, { id, by }: Act, work: (query: Query) => Promise<T>): Promise<T> {
  return world.database.transaction(async (query) => {
    const [row] = await query<TemplateRow>(TOUCH, [id, by])
    if (row === undefined) return notFound(id)
    const result = await work(query)
    await announce(world, query, { type: 'template.updated', row, by })
    return result
  })
}

async function unlessTaken<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const taken = error instanceof DatabaseError && error.code === '23505'
    throw taken ? refuse('duplicate_field', 'The template has a field of that name already') : error
  }
}

function fieldNotFound(id: string): never {
  throw refuse('field_not_found', `The template has no field with the id ${id}`)
}
