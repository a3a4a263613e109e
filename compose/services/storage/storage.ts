// The storage service: locations, what stands in them, which sample is where, and how warm it is there.
import type { FastifyInstance } from 'fastify'
import { authIsReady, guardRoutes } from '../kit/caller.ts'
import { openDatabase } from '../kit/database.ts'
import { openOutbox } from '../kit/outbox.ts'
import { acceptJson } from '../kit/server.ts'
import type { Kit, Parts, ServiceDefinition } from '../kit/service.ts'
import { analyticsRoutes } from './analytics-routes.ts'
import { containerRoutes } from './container-routes.ts'
import { figures } from './figures.ts'
import { locationRoutes } from './location-routes.ts'
import { storageRefusals, storageWording } from './refusals.ts'
import { sagaRoutes } from './saga-routes.ts'
import { sampleRoutes } from './sample-routes.ts'
import { storageSchema } from './schema.ts'
import { seedStorage } from './seed.ts'
import { sensorRoutes } from './sensor-routes.ts'
import { storageShape, thresholdsOf, type StorageSettings } from './settings.ts'
import { createStorageMetrics } from './storage-metrics.ts'
import { createWatch } from './watch.ts'

/** The service as the kit runs it. */
export const storage: ServiceDefinition<StorageSettings> = {
  shape: storageShape,
  refusals: storageRefusals,
  startTimeout: ({ startTimeout }) => startTimeout,
  build,
}

const ALL_ROUTES = [locationRoutes, containerRoutes, sampleRoutes, sagaRoutes, sensorRoutes, analyticsRoutes]

function build({ settings, metrics, warn }: Kit<StorageSettings>): Parts {
  const database = openDatabase(settings, { metrics, warn })
  const outbox = openOutbox(settings, { database, metrics, warn, service: 'storage' })
  const world = { settings, database, outbox, thresholds: thresholdsOf(settings) }
  const failed = (error: Error): void => warn(`the locations could not be looked at: ${error.message}`)
  const watch = createWatch(world, createStorageMetrics(metrics), failed)
  return {
    checks: { database: () => database.query('select 1'), auth_service: () => authIsReady(settings) },
    releases: [
      { what: 'the watch', close: async () => watch.stop() },
      { what: 'the outbox', close: outbox.stop },
      { what: 'the database pool', close: database.stop },
    ],
    liveness: () => ({ status: 'healthy', service: 'storage', timestamp: new Date().toISOString() }),
    prepare: async () => {
      await database.transaction(async (query) => {
        await query(storageSchema(!settings.defects.has('two-samples-one-position')))
        await seedStorage(query, settings.seedScale)
      })
      await watch.look()
      watch.start()
      outbox.start()
    },
    routes: (app) => {
      acceptJson(app)
      app.get('/health/metrics', () => figures(world))
      if (settings.defects.has('unready-is-500')) answerUnreadyWith500(app)
      const guarded = { ...world, callerOf: guardRoutes(app, settings, storageWording) }
      for (const routes of ALL_ROUTES) routes(app, guarded)
    },
  }
}

function answerUnreadyWith500(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply) => {
    if (request.routeOptions.url === '/health/ready' && reply.statusCode === 503) reply.code(500)
  })
}
