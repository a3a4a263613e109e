// Says which subscriptions an event concerns, and what they are told.
import type { Envelope } from '../kit/event-streams.ts'
import { jsonObject, type JsonObject } from '../kit/fields.ts'
import type { NotificationDraft } from './draft.ts'
import { render } from './render.ts'
import type { Channel, NotificationType, Priority } from './words.ts'

/** An enabled subscription, with the texts of its template if it has one. */
export interface SubscriptionRow {
  readonly id: string
  readonly event_types: readonly string[]
  readonly channels: readonly Channel[]
  readonly recipients: readonly string[]
  readonly priority: Priority
  readonly title: string | null
  readonly body: string | null
}

/** True when a pattern (`sample.created`, `sample.*`, `*`) covers an event type; not our own, or we would never end. */
export function covers(patterns: readonly string[], type: string): boolean {
  if (type.startsWith('notification.')) return false
  const begins = (one: string): boolean => one.endsWith('.*') && type.startsWith(one.slice(0, -1))
  return patterns.some((one) => one === '*' || one === type || begins(one))
}

/** What the subscriber is told of an event: one notification, however often the event comes. */
export function draftFor(subscription: SubscriptionRow, event: Envelope): NotificationDraft {
  const { id, event_type, source_service, subject } = event
  const payload = objectIn(event.payload)
  const data = { event_id: id, event_type, source_service, subject, ...payload }
  const { title, body } = subscription
  const plain = `${event_type} from ${source_service}${subject === null ? '' : ` about ${subject}`}`
  const filled = (text: string | null, otherwise: string) => (text === null ? otherwise : render(text, data, new Set()))
  return {
    title: (filled(title, event_type) || event_type).slice(0, 255),
    message: filled(body, plain) || plain,
    notification_type: typeFor(event_type),
    priority: subscription.priority,
    channels: subscription.channels,
    recipients: subscription.recipients,
    template_id: null,
    template_data: null,
    metadata: { event_id: id, event_type, source_service, payload },
    scheduled_at: null,
    source_key: `event:${id}:${subscription.id}`,
  }
}

function objectIn(payload: unknown): JsonObject {
  return typeof payload === 'object' && payload !== null && !Array.isArray(payload) ? jsonObject(payload) : {}
}

/** By what the event's name says. */
function typeFor(type: string): NotificationType {
  if (/alert/.test(type)) return 'Alert'
  if (/fail|error|reject/.test(type)) return 'Error'
  if (/warning/.test(type)) return 'Warning'
  return /completed|validated/.test(type) ? 'Success' : 'Info'
}
