// A notification and its deliveries as stored and as answered.
import type { Channel, DeliveryStatus, NotificationType, Priority, Status } from './words.ts'

/** A row of notification.notifications. */
export interface NotificationRow {
  readonly id: string
  readonly title: string
  readonly message: string
  readonly notification_type: NotificationType
  readonly priority: Priority
  readonly channels: readonly Channel[]
  readonly recipients: readonly string[]
  readonly template_id: string | null
  readonly template_data: unknown
  readonly metadata: unknown
  readonly status: Status
  readonly created_by: string | null
  readonly created_at: Date
  readonly updated_at: Date
  readonly scheduled_at: Date | null
  readonly sent_at: Date | null
}

/** A row of notification.deliveries. */
export interface DeliveryRow {
  readonly channel: Channel
  readonly status: DeliveryStatus
  readonly attempts: number
  readonly due_at: Date
  readonly last_error: string | null
  readonly sent_at: Date | null
}

const TEXTS: Readonly<Record<Status, string>> = {
  Pending: 'Notification queued for delivery',
  Scheduled: 'Notification scheduled',
  Sent: 'Notification sent',
  Failed: 'Notification could not be delivered on every channel',
  Cancelled: 'Notification cancelled',
}

/** The documented answer to a send; `message` says how it stands. */
export function receiptJson({ id, status, created_at, scheduled_at, sent_at }: NotificationRow): object {
  return { id, status, message: TEXTS[status], created_at, scheduled_at, sent_at }
}

/** The whole notification. */
export function notificationJson(row: NotificationRow): object {
  const { title, message, notification_type, priority, channels, recipients, template_id, template_data } = row
  const { id, metadata, status, created_by, created_at, updated_at, scheduled_at, sent_at } = row
  const told = { id, title, message, notification_type, priority, channels, recipients, template_id, template_data }
  return { ...told, metadata, status, created_by, created_at, updated_at, scheduled_at, sent_at }
}

/** How one channel stands. */
export function deliveryJson({ channel, status, attempts, due_at, last_error, sent_at }: DeliveryRow): object {
  return { channel, status, attempts, next_attempt_at: status === 'pending' ? due_at : null, last_error, sent_at }
}
