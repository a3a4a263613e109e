// Changes deliveries and what they make of their notification, together and never two at a time.
import type { Query } from '../kit/database.ts'
import { refuse } from './refusals.ts'
import type { NotificationRow } from './row.ts'
import { statusOf, type DeliveryStatus, type Status } from './words.ts'

/** The notification, locked: two channels that end at once must see each other. */
export async function lockNotification(query: Query, id: string): Promise<NotificationRow> {
  const [row] = await query<NotificationRow>('select * from notification.notifications where id = $1 for update', [id])
  if (row === undefined) throw refuse('NOTIFICATION_NOT_FOUND', `No notification has the id ${id}`)
  return row
}

/** Gives a locked notification the status its deliveries make; the row as it is then. */
export async function settleStatus(query: Query, { id, status }: NotificationRow): Promise<NotificationRow> {
  const sql = 'select status from notification.deliveries where notification_id = $1'
  const deliveries = await query<{ status: DeliveryStatus }>(sql, [id])
  const next = statusOf(deliveries.map((delivery) => delivery.status))
  const [row] = await query<NotificationRow>(
    `update notification.notifications
     set status = $2::varchar, updated_at = now(),
       sent_at = case when $2::varchar = 'Sent' then coalesce(sent_at, now()) else sent_at end
     where id = $1 returning *`,
    [id, stays(status, next) ? status : next],
  )
  if (row === undefined) throw new Error('the update returned no row')
  return row
}

/** What waits for its time goes on waiting. */
function stays(status: Status, next: Status): boolean {
  return status === 'Scheduled' && next === 'Pending'
}

/** Takes back what has not gone out yet. */
export async function cancel(query: Query, id: string): Promise<NotificationRow> {
  const row = await lockNotification(query, id)
  const pending = `notification_id = $1 and status = 'pending'`
  await query(`update notification.deliveries set status = 'cancelled' where ${pending}`, [id])
  return settleStatus(query, row)
}

/** Tries failed deliveries again, from the beginning; 409 when there is none. */
export async function retry(query: Query, id: string): Promise<NotificationRow> {
  const row = await lockNotification(query, id)
  const again = await query(
    `update notification.deliveries set status = 'pending', attempts = 0, due_at = now()
     where notification_id = $1 and status = 'failed' returning id`,
    [id],
  )
  if (again.length === 0) throw refuse('CONFLICT', `Nothing to try again: the notification is ${row.status}`)
  return settleStatus(query, row)
}
