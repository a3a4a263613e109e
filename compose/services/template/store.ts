// Reads and writes templates; a change and its event are stored together or not at all.
import type { Query } from '../kit/database.ts'
import type { Page } from '../kit/query.ts'
import type { TemplateChange, TemplateDraft } from './draft.ts'
import { refuse } from './refusals.ts'
import type { TemplateRow, TemplateSummary } from './row.ts'
import type { TemplateWorld } from './world.ts'

const COUNTED = `cross join lateral (
  select count(*)::int as field_count from template.template_fields f where f.template_id = t.id
) counted`
const BY_ID = `select t.*, field_count from template.templates t ${COUNTED} where id = $1 and deleted_at is null`
const COUNT = 'select count(*)::int as total from template.templates where deleted_at is null'
const PAGE = `select id, name, description, template_type, status, version, category, tags, is_public, is_system,
  created_at, updated_at, created_by, updated_by, published_at, published_by, field_count
from template.templates t ${COUNTED} where deleted_at is null order by created_at desc, id limit $1 offset $2`

const INSERT = `insert into template.templates
  (name, template_type, description, category, tags, is_public, form_config, metadata, created_by)
values ($1, $2, $3, coalesce($4, 'general'), coalesce($5, '{}'::text[]), coalesce($6, false),
  coalesce($7::jsonb, '{}'), coalesce($8::jsonb, '{}'), $9)
returning *, 0 as field_count`

/** One statement, so that changes of different fields at the same time are both kept. */
const UPDATE = `update template.templates t set
  name = coalesce($2, name), template_type = coalesce($3, template_type), description = coalesce($4, description),
  category = coalesce($5, category), tags = coalesce($6, tags), is_public = coalesce($7, is_public),
  form_config = coalesce($8::jsonb, form_config), metadata = coalesce($9::jsonb, metadata),
  status = coalesce($10, status), version = version + 1, updated_at = now(), updated_by = $11,
  published_at = case when $10 = 'published' and status <> 'published' then now() else published_at end,
  published_by = case when $10 = 'published' and status <> 'published' then $11 else published_by end
where id = $1 and deleted_at is null
returning *, (select count(*)::int from template.template_fields f where f.template_id = t.id) as field_count`

const DELETE = `update template.templates set deleted_at = now(), updated_at = now(), updated_by = $2
where id = $1 and deleted_at is null returning *, 0 as field_count`

/** Whose act it is, and on which template. */
export interface Act {
  readonly id: string
  readonly by: string
}

/** The template with an id; a deleted one is not found. */
export async function templateById(query: Query, id: string): Promise<TemplateRow> {
  const [row] = await query<TemplateRow>(BY_ID, [id])
  return row ?? notFound(id)
}

/** One page of templates, newest first, and how many there are. */
export async function listTemplates(query: Query, { size, offset }: Page): Promise<[TemplateSummary[], number]> {
  const [count] = await query<{ total: number }>(COUNT)
  return [await query<TemplateSummary>(PAGE, [size, offset]), count?.total ?? 0]
}

/** Stores a new template within a transaction. */
export async function insertTemplate(query: Query, draft: TemplateDraft, by: string): Promise<TemplateRow> {
  const { name, template_type, description, category, tags, is_public, form_config, metadata } = draft
  const values = [name, template_type, description, category, tags, is_public, form_config, metadata, by]
  const [row] = await query<TemplateRow>(INSERT, values)
  if (row === undefined) throw new Error('the insert returned no row')
  return row
}

/** Stores what a client changed. */
export function updateTemplate(world: TemplateWorld, { id, by }: Act, change: TemplateChange): Promise<TemplateRow> {
  const { name, template_type, description, category, tags, is_public, form_config, metadata, status } = change
  const values = [id, name, template_type, description, category, tags, is_public, form_config, metadata, status, by]
  return world.database.transaction(async (query) => {
    const [row] = await query<TemplateRow>(UPDATE, values)
    if (row === undefined) return notFound(id)
    await announce(world, query, { type: 'template.updated', row, by })
    return row
  })
}

/** Hides a template; its row stays for those who still refer to it. */
export async function deleteTemplate(world: TemplateWorld, { id, by }: Act): Promise<void> {
  await world.database.transaction(async (query) => {
    const [row] = await query<TemplateRow>(DELETE, [id, by])
    if (row === undefined) return notFound(id)
    await announce(world, query, { type: 'template.deleted', row, by })
  })
}

/** Something that happened to a template. */
interface Happening {
  readonly type: 'template.created' | 'template.updated' | 'template.deleted'
  readonly row: TemplateSummary
  readonly by: string
}

/** Puts an event into the outbox, in the transaction of the change. */
export async function announce(world: TemplateWorld, query: Query, { type, row, by }: Happening): Promise<void> {
  const { id, name, template_type, status, version } = row
  const payload = { template_id: id, name, template_type, status, version, by }
  await world.outbox.add(query, { type, payload, subject: id })
}

/** The refusal of a template that is not there. */
export function notFound(id: string): never {
  throw refuse('template_not_found', `No template has the id ${id}`)
}
