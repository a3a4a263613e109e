// The transaction service: sagas over sample, storage and notification that end done or undone, never in between.
import type { FastifyInstance } from 'fastify'
import { authIsReady, guardRoutes } from '../kit/caller.ts'
import { openDatabase, type Database } from '../kit/database.ts'
import { openOutbox } from '../kit/outbox.ts'
import type { Check } from '../kit/readiness.ts'
import { acceptJson } from '../kit/server.ts'
import type { Kit, Parts, ServiceDefinition } from '../kit/service.ts'
import { createSagas } from './create-sagas.ts'
import { enhancedRoutes } from './enhanced-routes.ts'
import { detailedHealth, peerIsReady } from './figures.ts'
import { transactionRefusals, transactionWording } from './refusals.ts'
import { transactionSchema } from './schema.ts'
import { transactionShape, type TransactionSettings } from './settings.ts'
import { transactionRoutes } from './transaction-routes.ts'
import type { TransactionWorld } from './world.ts'

/** The service as the kit runs it. */
export const transaction: ServiceDefinition<TransactionSettings> = {
  shape: transactionShape,
  refusals: transactionRefusals,
  startTimeout: ({ startTimeout }) => startTimeout,
  build,
}

function build(kit: Kit<TransactionSettings>): Parts {
  const { settings, metrics, warn } = kit
  const started = Date.now()
  const database = openDatabase(settings, { metrics, warn })
  const outbox = openOutbox(settings, { service: 'transaction', database, metrics, warn })
  const { coordinator, workflows, stop } = createSagas(kit, database, outbox)
  return {
    checks: { ...checksOf(settings, database), runner: coordinator.check },
    releases: [
      { what: 'the sagas', close: stop },
      { what: 'the outbox', close: outbox.stop },
      { what: 'the database pool', close: database.stop },
    ],
    prepare: async () => {
      await database.transaction((query) => query(transactionSchema))
      await coordinator.start()
      outbox.start()
    },
    routes: (app) => {
      acceptJson(app)
      app.get('/health/detailed', () => detailedHealth(settings, { started, active: coordinator.active() }))
      const callerOf = guardRoutes(app, settings, transactionWording)
      addRoutes(app, { settings, database, coordinator, workflows, callerOf })
    },
  }
}

function addRoutes(app: FastifyInstance, world: TransactionWorld): void {
  for (const routes of [transactionRoutes, enhancedRoutes]) routes(app, world)
}

/** A saga needs all of them; without one of them it can only be undone. */
function checksOf(settings: TransactionSettings, database: Database): Record<string, Check> {
  const { sampleUrl, storageUrl, notificationUrl, readinessTimeout } = settings
  return {
    database: () => database.query('select 1'),
    auth_service: () => authIsReady(settings),
    sample_service: () => peerIsReady('sample', sampleUrl, readinessTimeout),
    storage_service: () => peerIsReady('storage', storageUrl, readinessTimeout),
    notification_service: () => peerIsReady('notification', notificationUrl, readinessTimeout),
  }
}
