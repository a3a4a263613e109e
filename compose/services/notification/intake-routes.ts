// Takes events of the laboratory over HTTP: what a stream brings may also be brought here, and counts once.
import type { FastifyInstance } from 'fastify'
import { randomUUID } from 'node:crypto'
import { isEventType, type Envelope } from '../kit/event-streams.ts'
import { jsonBody, type JsonObject } from '../kit/fields.ts'
import { carrier } from '../kit/span.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import { draftOfSystemAlert } from './system-alert.ts'
import { takeEvents } from './intake.ts'
import { storeNotification } from './store.ts'
import type { NotificationWorld } from './world.ts'

/** Which events each route takes; the documents name the routes and no more. */
const ROUTES = {
  '/integration/lab-events': '',
  '/integration/sample-events': 'sample.',
  '/integration/sequencing-events': 'sequencing.',
  '/integration/template-events': 'template.',
}

/** The routes under /integration. */
export function intakeRoutes(app: FastifyInstance, world: NotificationWorld): void {
  const { database, dispatcher, settings, callerOf } = world
  for (const [path, prefix] of Object.entries(ROUTES)) {
    app.post(path, async (request) => {
      const event = readEvent(jsonBody(request), prefix)
      const [taken] = await takeEvents(database, [event])
      dispatcher.wake()
      const { fresh = true, notifications = [] } = taken ?? {}
      return { success: true, event_id: event.id, duplicate: !fresh, notifications }
    })
  }
  app.post('/integration/system-alerts', async (request) => {
    const draft = draftOfSystemAlert(jsonBody(request), settings)
    const { row, fresh } = await storeNotification(database.query, draft, callerOf(request).userId)
    dispatcher.wake()
    return { success: true, duplicate: !fresh, notifications: [row.id] }
  })
}

const TYPE = 'event_type must be of the form sample.created'

function readEvent(body: JsonObject, prefix: string): Envelope {
  const fields = typedFieldsOf(body)
  const event_type = fields.text('event_type')
  if (!isEventType(event_type)) fields.problem(TYPE)
  else if (!event_type.startsWith(prefix)) fields.problem(`event_type must begin with ${prefix}`)
  const event: Envelope = {
    id: fields.optionalUuid('event_id') ?? randomUUID(),
    event_type,
    source_service: fields.optionalText('source_service', { min: 1, max: 64 }) ?? 'unknown',
    version: '1.0',
    timestamp: fields.optionalMoment('timestamp') ?? new Date().toISOString(),
    correlation_id: fields.optionalText('correlation_id', { max: 255 }),
    payload: fields.optionalObject('payload') ?? {},
    metadata: carrier(),
    subject: fields.optionalText('subject', { max: 255 }),
    priority: 3,
  }
  fields.done('VALIDATION_ERROR')
  return event
}
