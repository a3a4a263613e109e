// The words the documents use for notifications: types, priorities, channels, and the states between them.

/** What a notification is about. */
export const TYPES = ['Alert', 'Info', 'Warning', 'Error', 'Success', 'Reminder', 'Update', 'System'] as const
export type NotificationType = (typeof TYPES)[number]

/** In rising order: what is more urgent is sent first. */
export const PRIORITIES = ['Low', 'Medium', 'High', 'Critical', 'Urgent'] as const
export type Priority = (typeof PRIORITIES)[number]

/** The ways to reach somebody. */
export const CHANNELS = ['Email', 'Sms', 'Slack', 'Teams', 'Discord', 'Webhook', 'Push', 'InApp'] as const
export type Channel = (typeof CHANNELS)[number]

/** States of a notification; Sent is when every channel has taken it, Failed when one never will. */
export const STATUSES = ['Pending', 'Scheduled', 'Sent', 'Failed', 'Cancelled'] as const
export type Status = (typeof STATUSES)[number]

/** States of a notification on one channel. */
export const DELIVERY_STATUSES = ['pending', 'sent', 'failed', 'cancelled'] as const
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number]

/** The state of a notification whose deliveries are in these states. */
export function statusOf(deliveries: readonly DeliveryStatus[]): Status {
  if (deliveries.includes('pending')) return 'Pending'
  if (deliveries.includes('failed')) return 'Failed'
  return deliveries.includes('sent') ? 'Sent' : 'Cancelled'
}
