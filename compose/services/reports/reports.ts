// The reports service: makes reports in the background, of other services' data or of what was submitted.
import { authIsReady, guardRoutes } from '../kit/caller.ts'
import { openDatabase } from '../kit/database.ts'
import { openOutbox } from '../kit/outbox.ts'
import { acceptJson } from '../kit/server.ts'
import type { Kit, Parts, ServiceDefinition } from '../kit/service.ts'
import { createWorker } from './generation.ts'
import { reportsRefusals, reportsWording } from './refusals.ts'
import { reportRoutes } from './report-routes.ts'
import { reportsSchema } from './schema.ts'
import { reportsShape, type ReportsSettings } from './settings.ts'

/** The service as the kit runs it. */
export const reports: ServiceDefinition<ReportsSettings> = {
  shape: reportsShape,
  refusals: reportsRefusals,
  startTimeout: ({ startTimeout }) => startTimeout,
  build,
}

function build({ settings, metrics, warn }: Kit<ReportsSettings>): Parts {
  const database = openDatabase(settings, { metrics, warn })
  const outbox = openOutbox(settings, { service: 'reports', database, metrics, warn })
  const worker = createWorker({ settings, database, outbox }, warn)
  return {
    // Reports are taken in without their sources, so that the absence of one does not make the service unready.
    checks: { database: () => database.query('select 1'), auth_service: () => authIsReady(settings) },
    releases: [
      { what: 'the worker', close: worker.stop },
      { what: 'the outbox', close: outbox.stop },
      { what: 'the database pool', close: database.stop },
    ],
    prepare: async () => {
      await database.transaction((query) => query(reportsSchema))
      for (const rounds of [outbox, worker]) rounds.start()
    },
    routes: (app) => {
      acceptJson(app)
      const callerOf = guardRoutes(app, settings, reportsWording)
      reportRoutes(app, { settings, database, outbox, callerOf, wakeWorker: worker.wake })
    },
  }
}
