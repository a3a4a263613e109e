// Reads what a client wants published and makes an envelope of it.
import { randomUUID } from 'node:crypto'
import { isEventType, type Envelope } from '../kit/event-streams.ts'
import { jsonObject, type JsonObject } from '../kit/fields.ts'
import { carrier } from '../kit/span.ts'
import { typedFieldsOf, type TypedFields } from '../kit/typed-fields.ts'
import { refuse } from './refusals.ts'

/** What an event is when nothing is said: in the middle of 1 to 5. */
const PRIORITY = 3
const SERVICE = { pattern: /^[a-z][a-z0-9_-]{0,63}$/, message: 'source_service must be the name of a service' }

/**
 * The envelope of an event to be published. Services that publish what happened a while ago also say its id, its time
 * and the trace context of its cause, so that one sent twice can be told to be one.
 */
export function readDraft(body: JsonObject, maxBytes: number): Envelope {
  const fields = typedFieldsOf(body)
  const envelope: Envelope = {
    id: fields.optionalUuid('event_id') ?? randomUUID(),
    event_type: readType(fields),
    source_service: fields.text('source_service', SERVICE),
    version: '1.0',
    timestamp: fields.optionalMoment('timestamp') ?? new Date().toISOString(),
    correlation_id: fields.optionalText('correlation_id', { max: 255 }),
    payload: body.payload ?? fields.text('payload'),
    metadata: readMetadata(body.metadata),
    subject: fields.optionalText('subject', { max: 255 }),
    priority: fields.optionalWhole('priority', { min: 1, max: 5 }) ?? PRIORITY,
  }
  fields.done('validation_error')
  const bytes = Buffer.byteLength(JSON.stringify(envelope))
  if (bytes > maxBytes) throw refuse('event_too_large', `An event may have ${maxBytes} bytes, this one has ${bytes}`)
  return envelope
}

function readType(fields: TypedFields): string {
  const type = fields.text('event_type')
  if (!isEventType(type)) fields.problem('event_type must be of the form sample.created')
  return type
}

/** Without metadata, the request itself is the cause. */
function readMetadata(metadata: unknown): Readonly<Record<string, string>> {
  if (metadata === undefined || metadata === null) return carrier()
  const entries = Object.entries(jsonObject(metadata)).slice(0, 20)
  return Object.fromEntries(entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
}
