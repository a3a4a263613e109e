// How events lie in Redis: one stream per event type, one field per entry, and a set of all types there are.
import { isUuid, jsonObject } from './fields.ts'

/** An event as it lies in a stream; `metadata` carries the trace context of its cause. */
export interface Envelope {
  readonly id: string
  readonly event_type: string
  readonly source_service: string
  readonly version: '1.0'
  /** RFC 3339, when it happened. */
  readonly timestamp: string
  readonly correlation_id: string | null
  readonly payload: unknown
  readonly metadata: Readonly<Record<string, string>>
  readonly subject: string | null
  /** 1 (low) to 5 (high). */
  readonly priority: number
}

/** The set of all event types that have a stream. */
export const EVENT_TYPES = 'tracseq:event-types'
/** The one field of an entry. */
export const EVENT_FIELD = 'event'

const PREFIX = 'tracseq:events:'
const TYPE = /^[a-z][a-z0-9_]*(\.[a-z0-9_]+){1,3}$/
const TYPE_LENGTH = 100

/** True for `sample.created` and its like. */
export function isEventType(text: string): boolean {
  return text.length <= TYPE_LENGTH && TYPE.test(text)
}

/** The stream of an event type: `sample.created` lies in `tracseq:events:sample:created`. */
export function streamOf(type: string): string {
  return PREFIX + type.replaceAll('.', ':')
}

/** Where events end that a group could not handle. */
export function deadLettersOf(group: string): string {
  return `tracseq:dead-letter:${group}`
}

/** Reads an entry's field; undefined when it is no envelope. */
export function readEnvelope(text: string | undefined): Envelope | undefined {
  try {
    const { id, event_type, source_service, timestamp, metadata, ...rest } = jsonObject(JSON.parse(text ?? ''))
    if (typeof id !== 'string' || !isUuid(id)) return undefined
    if (typeof event_type !== 'string' || typeof source_service !== 'string') return undefined
    if (typeof timestamp !== 'string' || Number.isNaN(Date.parse(timestamp))) return undefined
    return { ...rest, id, event_type, source_service, timestamp, metadata: metadata ?? {} } as Envelope
  } catch {
    return undefined
  }
}
