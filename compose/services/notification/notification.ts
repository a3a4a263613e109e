// The notification service: tells people, over the channels they are reached by, what happens in the laboratory.
import { authIsReady, guardRoutes } from '../kit/caller.ts'
import { openDatabase } from '../kit/database.ts'
import { openOutbox } from '../kit/outbox.ts'
import type { Check } from '../kit/readiness.ts'
import { openRedis } from '../kit/redis.ts'
import type { Release } from '../kit/lifecycle.ts'
import { acceptJson } from '../kit/server.ts'
import type { Kit, Parts, ServiceDefinition } from '../kit/service.ts'
import { createConsumer } from '../kit/stream-consumer.ts'
import { alertRoutes } from './alert-routes.ts'
import { createDeliveryMeter } from './delivery-meter.ts'
import { createDispatcher, type DispatcherParts } from './dispatcher.ts'
import { figures, health } from './health.ts'
import { createHousekeeping } from './housekeeping.ts'
import { takeEvents } from './intake.ts'
import { intakeRoutes } from './intake-routes.ts'
import { notificationRoutes } from './notification-routes.ts'
import { notificationRefusals, notificationWording } from './refusals.ts'
import { resourceRoutes } from './resource.ts'
import { RESOURCES } from './resources.ts'
import { sagaRoutes } from './saga-routes.ts'
import { notificationSchema } from './schema.ts'
import { notificationShape, type NotificationSettings } from './settings.ts'

/** The service as the kit runs it. */
export const notification: ServiceDefinition<NotificationSettings> = {
  shape: notificationShape,
  refusals: notificationRefusals,
  startTimeout: ({ startTimeout }) => startTimeout,
  build,
}

function build(kit: Kit<NotificationSettings>): Parts {
  const { settings } = kit
  const parts = createParts(kit)
  const { database, outbox } = parts
  const dispatcher = createDispatcher(parts)
  const housekeeping = createHousekeeping(parts)
  const intake = createIntake(kit, parts, dispatcher.wake)
  const loops = [dispatcher, housekeeping, intake, outbox]
  return {
    checks: { database: () => database.query('select 1'), auth_service: () => authIsReady(settings), ...intake.checks },
    liveness: () => health(parts),
    releases: [
      ...intake.releases,
      { what: 'the dispatcher', close: dispatcher.stop },
      { what: 'housekeeping', close: housekeeping.stop },
      { what: 'the outbox', close: outbox.stop },
      { what: 'the database pool', close: database.stop },
    ],
    prepare: async () => {
      await database.transaction((query) => query(notificationSchema))
      for (const { start } of loops) start()
    },
    routes: (app) => {
      acceptJson(app)
      app.get('/health/metrics', () => figures(parts))
      const world = { ...parts, dispatcher, callerOf: guardRoutes(app, settings, notificationWording) }
      for (const routes of [notificationRoutes, intakeRoutes, alertRoutes, sagaRoutes]) routes(app, world)
      for (const resource of RESOURCES) resourceRoutes(app, world, resource)
    },
  }
}

function createParts({ settings, metrics, warn }: Kit<NotificationSettings>): DispatcherParts {
  const database = openDatabase(settings, { metrics, warn })
  const outbox = openOutbox(settings, { service: 'notification', database, metrics, warn })
  return { settings, database, outbox, warn, meter: createDeliveryMeter(metrics) }
}

interface Intake {
  readonly checks: Readonly<Record<string, Check>>
  readonly releases: readonly Release[]
  start(): void
}

/** Events come from the streams where there is a Redis to read them from. */
function createIntake(kit: Kit<NotificationSettings>, { database }: DispatcherParts, wake: () => void): Intake {
  const { settings, metrics, warn } = kit
  if (settings.redisUrl === '') return { checks: {}, releases: [], start: () => undefined }
  const redis = openRedis(settings, { metrics, warn })
  const handle: Parameters<typeof createConsumer>[1]['handle'] = async (events) => {
    await takeEvents(
      database,
      events.map(({ envelope }) => envelope),
    )
    wake()
  }
  const consumer = createConsumer(settings, { redis, metrics, warn, handle })
  return {
    checks: { redis: () => redis.run('PING') },
    releases: [
      { what: 'the consumer', close: consumer.stop },
      { what: 'the connection to Redis', close: redis.stop },
    ],
    start: consumer.start,
  }
}
