// Sends waiting events to the event service: in order, at least once, in batches; a refused batch is sent one by one.
import { SpanKind } from '@opentelemetry/api'
import { call, type HttpAnswer } from './http-call.ts'
import type { OutboxTable, StoredEvent } from './outbox-table.ts'
import { inLinkedSpan, linksTo, untraced } from './span.ts'

/** Where events go; `eventTimeout` (ms) bounds one batch. */
export interface EventTarget {
  readonly eventUrl: string
  readonly eventTimeout: number
  readonly serviceKey: string
}

/** What one look at the table came to. */
export interface SendResult {
  readonly sent: number
  readonly refused: number
  /** True when there may be more at once. */
  readonly more: boolean
  /** When the oldest event that still waits was stored. */
  readonly oldest?: Date
}

/** The event service takes this many at once. */
const BATCH = 50

/** Returns a look at the table that sends what waits there; rejects when the event service does not take it now. */
export function createSender(service: string, target: EventTarget, table: OutboxTable): () => Promise<SendResult> {
  let limit = BATCH
  return async () => {
    const events = await untraced(() => table.waiting(limit))
    const [oldest] = events
    if (oldest === undefined) return { sent: 0, refused: 0, more: false }
    const answer = await post(service, target, events)
    if (isRefusal(answer.status)) {
      if (limit > 1 && events.length > 1) {
        limit = 1
        return { sent: 0, refused: 0, more: true, oldest: oldest.created_at }
      }
      await untraced(() => table.refused(oldest.id, `${answer.status}: ${answer.body.toString('utf8')}`))
      return { sent: 0, refused: 1, more: true }
    }
    if (answer.status !== 200) throw new Error(`event answered with status ${answer.status}`)
    await untraced(() => table.sent(events.map(({ id }) => id)))
    const more = events.length === limit
    limit = Math.min(BATCH, limit * 2)
    return { sent: events.length, refused: 0, more }
  }
}

/** A definite no to what was sent; a no to who sends it, where or how fast is another matter, which can be mended. */
function isRefusal(status: number): boolean {
  return [400, 413, 422].includes(status)
}

/** One span per batch, linked to every request that caused an event in it. */
function post(service: string, target: EventTarget, events: readonly StoredEvent[]): Promise<HttpAnswer> {
  const attributes = { 'messaging.operation.name': 'publish', 'messaging.batch.message_count': events.length }
  const links = events.flatMap((event) => linksTo(event.context))
  const span = { name: 'outbox publish', kind: SpanKind.PRODUCER, attributes, links }
  return inLinkedSpan(span, () =>
    call({
      peer: 'event',
      method: 'POST',
      url: `${target.eventUrl}/api/v1/events/publish/batch`,
      deadline: target.eventTimeout,
      headers: { 'content-type': 'application/json', authorization: `Service ${target.serviceKey}` },
      body: JSON.stringify({ events: events.map((event) => wireForm(service, event)) }),
    }),
  )
}

function wireForm(service: string, event: StoredEvent): object {
  return {
    event_id: event.event_id,
    event_type: event.event_type,
    source_service: service,
    payload: event.payload,
    subject: event.subject,
    correlation_id: event.correlation_id,
    timestamp: event.created_at,
    metadata: event.context,
  }
}
