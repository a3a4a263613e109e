// Stores notifications, each with its deliveries, in one statement; finds them again.
import type { Query } from '../kit/database.ts'
import { carrier } from '../kit/span.ts'
import type { NotificationDraft } from './draft.ts'
import { refuse } from './refusals.ts'
import { render } from './render.ts'
import type { DeliveryRow, NotificationRow } from './row.ts'
import { PRIORITIES } from './words.ts'

const COLUMNS = [
  'title',
  'message',
  'notification_type',
  'priority',
  'channels',
  'recipients',
  'template_id',
  'template_data',
  'metadata',
  'scheduled_at',
  'source_key',
  'transaction_id',
] as const

const PLACES = COLUMNS.map((_, index) => `$${index + 4}`)
const INSERT = `with stored as (
  insert into notification.notifications (created_by, context, status, ${COLUMNS.join(', ')})
  values ($1, $2, case when $13::timestamptz > now() then 'Scheduled' else 'Pending' end, ${PLACES.join(', ')})
  on conflict (source_key) do nothing returning *
), sent_to as (
  insert into notification.deliveries (notification_id, channel, rank, due_at)
  select id, channel, $3, coalesce(scheduled_at, now()) from stored, unnest(channels) as channel
) select * from stored`

/** What storing came to; `fresh` is false when there was one from the same source. */
export interface Stored {
  readonly row: NotificationRow
  readonly fresh: boolean
}

/** Stores a notification, filled from its template if it has one. */
export async function storeNotification(query: Query, draft: NotificationDraft, by: string): Promise<Stored> {
  const filled = draft.template_id === null ? draft : await fill(query, draft, draft.template_id)
  const values = COLUMNS.map((column) => filled[column] ?? null)
  const rank = PRIORITIES.indexOf(draft.priority)
  const [row] = await query<NotificationRow>(INSERT, [by, carrier(), rank, ...values])
  if (row !== undefined) return { row, fresh: true }
  const known = 'select * from notification.notifications where source_key = $1'
  const [before] = await query<NotificationRow>(known, [draft.source_key])
  if (before === undefined) throw refuse('CONFLICT', 'A notification from the same source is being stored')
  return { row: before, fresh: false }
}

interface TemplateTexts {
  readonly title: string
  readonly body: string
}

/** Every place of the template needs a value. */
async function fill(query: Query, draft: NotificationDraft, template: string): Promise<NotificationDraft> {
  const sql = 'select title, body from notification.templates where id = $1'
  const [texts] = await query<TemplateTexts>(sql, [template])
  if (texts === undefined) throw refuse('TEMPLATE_NOT_FOUND', `No template has the id ${template}`)
  const missing = new Set<string>()
  const data = draft.template_data ?? {}
  const title = render(texts.title, data, missing).slice(0, 255)
  const message = render(texts.body, data, missing)
  if (missing.size > 0) throw refuse('TEMPLATE_ERROR', `template_data lacks ${[...missing].join(', ')}`)
  return { ...draft, title, message }
}

/** The notification with an id. */
export async function notificationById(query: Query, id: string): Promise<NotificationRow> {
  const [row] = await query<NotificationRow>('select * from notification.notifications where id = $1', [id])
  if (row === undefined) throw refuse('NOTIFICATION_NOT_FOUND', `No notification has the id ${id}`)
  return row
}

/** The deliveries of a notification, in the order of its channels' names. */
export function deliveriesOf(query: Query, id: string): Promise<DeliveryRow[]> {
  return query('select * from notification.deliveries where notification_id = $1 order by channel', [id])
}
