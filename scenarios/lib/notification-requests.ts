// What a laboratory asks of the notification service through the gateway: to be told of events, and what it was told.
import { get, post } from './desk.ts'
import type { Desk } from './desk.ts'
import { at, contested, granted } from './expectation.ts'
import type { Ask } from './operation.ts'

/** Whom the alarms of the load reach: a list to look at, with nobody to send mail to. */
const INBOX = 'readiness-inbox'
/** So many alarms may come between one and the look for it. */
const PAGE = 50

/** One subscription for all runs; who comes later finds it there. */
export function subscribeInbox(desk: Desk, eventType: string): Ask {
  const body = { name: INBOX, event_types: [eventType], channels: ['InApp'], recipients: [INBOX] }
  const expect = contested({ name: INBOX, enabled: true }, 409, { 'error.code': 'CONFLICT' })
  return { op: 'notification.subscribe', ...post(desk, '/api/subscriptions', body), expect }
}

/** What came last; it may not be there yet. */
export function lookAtInbox(desk: Desk): Ask {
  const path = `/api/notifications?recipient=${INBOX}&page_size=${PAGE}`
  return { op: 'notification.look', ...get(desk, path), expect: granted({ page: 1, page_size: PAGE }) }
}

/** The event has come, and once. */
export function received(desk: Desk, eventId: string): Ask {
  const theEventOnce = (list: unknown): boolean => timesIn(list, eventId) === 1
  return { ...lookAtInbox(desk), op: 'notification.received', expect: granted({ notifications: theEventOnce }) }
}

/** An event that has come over its stream, brought once more by hand: it is known, and nobody is told again. */
export function bringAgain(desk: Desk, event: { readonly id: string; readonly type: string }): Ask {
  const body = { event_id: event.id, event_type: event.type, source_service: 'laboratory' }
  const expect = granted({ success: true, event_id: event.id, duplicate: true, 'notifications.length': 0 })
  return { op: 'notification.bring-again', ...post(desk, '/api/integration/lab-events', body), expect }
}

export function list(desk: Desk): Ask {
  const expect = granted({ page: 1, page_size: 10, notifications: Array.isArray })
  return { op: 'notification.list', ...get(desk, '/api/notifications?page_size=10'), expect }
}

export function isIn(body: unknown, eventId: string): boolean {
  return timesIn(at(body, 'notifications'), eventId) > 0
}

function timesIn(list: unknown, eventId: string): number {
  return Array.isArray(list) ? list.filter((one) => at(one, 'metadata.event_id') === eventId).length : 0
}
