// What a laboratory asks of the event service through the gateway: events published, one by one and together.
import { get, post } from './desk.ts'
import type { Desk } from './desk.ts'
import { aText, aTime, at, granted, judge, refused } from './expectation.ts'
import type { Answer, Judgement } from './expectation.ts'
import type { Ask, Row } from './operation.ts'

/** An event; its id is the client's, so that one that is published twice can be told to be one. */
export interface NewEvent {
  readonly id: string
  readonly type: string
  readonly subject: string
  /** 1 to 5; in the middle when left out. */
  readonly priority?: number
}

const EVENTS = '/api/events'
/** Types of the load's own: nobody takes them for the events of a service. */
export const NOTE = 'laboratory.note_added'
export const READING = 'laboratory.reading_taken'
export const ALARM = 'laboratory.alarm_raised'

/** It lies in its stream when it is answered. */
export function publish(desk: Desk, event: NewEvent): Ask {
  const expect = granted({ event_id: event.id, stream_id: aStreamId, published_at: aTime })
  return { op: 'event.publish', ...post(desk, `${EVENTS}/publish`, bodyOf(event)), expect, write: rowOf(event) }
}

/** For somebody who had no answer: it may lie there twice, and is one event all the same. */
export function publishAgain(desk: Desk, event: NewEvent): Ask {
  return { ...publish(desk, event), op: 'event.publish-again' }
}

/** An event whose priority is none. */
export function publishInvalid(desk: Desk, event: NewEvent): Ask {
  const expect = refused(400, { error: aText })
  return { ...publish(desk, { ...event, priority: 9 }), op: 'event.publish-invalid', expect }
}

/** All of them or none. */
export function publishTogether(desk: Desk, events: readonly NewEvent[]): Ask {
  const ids = events.map(({ id }, index): [string, string] => [`events.${index}.event_id`, id])
  const expect = granted({ 'events.length': events.length, ...Object.fromEntries(ids) })
  return { op: 'event.batch', ...batch(desk, events), expect }
}

/** The last of them is none, so none of them is published. */
export function publishTogetherInvalid(desk: Desk, events: readonly NewEvent[]): Ask {
  const spoilt = events.map((event, index) => (index === events.length - 1 ? { ...event, type: 'nonsense' } : event))
  return { op: 'event.batch-invalid', ...batch(desk, spoilt), expect: refused(400, { error: aText }) }
}

/**
 * One more reader of a group that is there. It never reads: a group of its own would fall behind for ever, and members
 * of a group read from Redis, where no load comes.
 */
export function subscribe(desk: Desk, name: string): Ask {
  const event_types = [NOTE, READING, ALARM]
  const group = { consumer_group: 'event-analytics', consumer_name: name }
  const body = { name, event_types, ...group, batch_size: 10, timeout_ms: 1000 }
  const expect = granted({ status: 'subscribed', subscription_name: name, 'event_types.length': event_types.length })
  return { op: 'event.subscribe', ...post(desk, `${EVENTS}/subscribe`, body), expect }
}

/** What was published by anybody, and read by any group. */
export function stats(desk: Desk): Ask {
  const expect = granted({ events_published: aNumberAboveZero, events_consumed: aNumberAboveZero })
  return { op: 'event.stats', ...get(desk, `${EVENTS}/stats`), expect }
}

/** One event of a batch, which is taken or refused as a whole. */
export function judgeEvent({ key }: Row, answer: Answer, index: number): Judgement {
  const whole = judge(granted({}), answer)
  if (whole.type === 'failed') return { type: 'failed', good: true }
  if (whole.type === 'unknown') return whole
  if (at(answer.body, `events.${index}.event_id`) === key) return { type: 'acknowledged', good: true }
  return { type: 'unknown', good: false, why: 'not among the published events' }
}

function batch(desk: Desk, events: readonly NewEvent[]) {
  const items = { op: 'event.batch-item', rows: events.map(rowOf), judge: judgeEvent }
  return { ...post(desk, `${EVENTS}/publish/batch`, { events: events.map(bodyOf) }), items }
}

function bodyOf({ id, type, subject, priority }: NewEvent) {
  const payload = { subject, taken_at: new Date().toISOString() }
  return { event_id: id, event_type: type, source_service: 'laboratory', subject, priority, payload }
}

function rowOf({ id }: NewEvent): Row {
  return { store: 'events', key: id }
}

/** Redis gives it; a service that made it up would give another form. */
function aStreamId(value: unknown): boolean {
  return typeof value === 'string' && /^\d+-\d+$/.test(value)
}

function aNumberAboveZero(value: unknown): boolean {
  return typeof value === 'number' && value > 0
}
