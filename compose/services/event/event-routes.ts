// The routes of the event service: publish, subscribe, stats.
import type { FastifyInstance } from 'fastify'
import { fieldsOf, jsonBody, jsonObject } from '../kit/fields.ts'
import { readDraft } from './draft.ts'
import { refuse } from './refusals.ts'
import { readSubscription } from './subscriptions.ts'
import type { EventWorld } from './world.ts'

/** With the defect, this many subscriptions use up all connections. */
const CONNECTIONS = 10

/** All routes under /api/v1, and what the service says of itself. */
export function eventRoutes(app: FastifyInstance, world: EventWorld): void {
  const { settings, publisher } = world
  app.get('/', async () => ({ service: 'TracSeq Event Service', version: '1.0.0', status: 'running' }))
  app.post('/api/v1/events/publish', async (request) => {
    const [published] = await publisher.publish([readDraft(jsonBody(request), settings.maxEventBytes)])
    return published
  })
  // Not in the documents: services that publish much do so in one go.
  app.post('/api/v1/events/publish/batch', async (request) => {
    const events = fieldsOf(jsonBody(request)).list('events')
    if (events.length === 0) throw refuse('validation_error', 'events needs at least one event')
    if (events.length > settings.maxBatch) {
      throw refuse('limit_exceeded', `At most ${settings.maxBatch} events at once are allowed, not ${events.length}`)
    }
    const drafts = events.map((event) => readDraft(jsonObject(event), settings.maxEventBytes))
    return { events: await publisher.publish(drafts) }
  })
  subscriptionRoutes(app, world)
}

function subscriptionRoutes(app: FastifyInstance, { settings, subscriptions, figures, meter }: EventWorld): void {
  let taken = 0
  app.post('/api/v1/events/subscribe', async (request) => {
    const wanted = readSubscription(jsonBody(request))
    await subscriptions.subscribe(wanted)
    taken += 1
    return { status: 'subscribed', subscription_name: wanted.name, event_types: wanted.event_types }
  })
  app.get('/api/v1/stats', async () => {
    const { published, consumed, dead } = await figures.totals()
    return {
      events_published: published,
      events_consumed: consumed,
      events_failed: meter.failures() + dead,
      handlers_registered: await subscriptions.count(),
    }
  })
  if (!settings.defects.has('subscribe-exhausts-pool')) return
  // The shipped defect: each subscription keeps a connection, and when none is left publishing waits for ever.
  app.addHook('preHandler', async ({ routeOptions }) => {
    if (taken >= CONNECTIONS && routeOptions.url?.includes('publish') === true) await new Promise(() => undefined)
  })
}
