// The QA/QC service: reviews, measurements of library preparations, their trends, and control samples.
import { authIsReady, guardRoutes } from '../kit/caller.ts'
import { openDatabase } from '../kit/database.ts'
import { openOutbox } from '../kit/outbox.ts'
import { acceptJson } from '../kit/server.ts'
import type { Kit, Parts, ServiceDefinition } from '../kit/service.ts'
import { controlRoutes } from './controls.ts'
import { dashboardRoutes } from './dashboard.ts'
import { definitionRoutes, storeDefinitions } from './definitions.ts'
import { libraryPrepRoutes } from './library-prep.ts'
import { qaqcRefusals, qaqcWording } from './refusals.ts'
import { reviewRoutes } from './reviews.ts'
import { qaqcSchema } from './schema.ts'
import { qaqcShape, type QaqcSettings } from './settings.ts'
import { trendRoutes } from './trends.ts'

/** The service as the kit runs it. */
export const qaqc: ServiceDefinition<QaqcSettings> = {
  shape: qaqcShape,
  refusals: qaqcRefusals,
  startTimeout: ({ startTimeout }) => startTimeout,
  build,
}

const ALL_ROUTES = [dashboardRoutes, reviewRoutes, libraryPrepRoutes, trendRoutes, definitionRoutes, controlRoutes]

function build({ settings, metrics, warn }: Kit<QaqcSettings>): Parts {
  const database = openDatabase(settings, { metrics, warn })
  const outbox = openOutbox(settings, { service: 'qaqc', database, metrics, warn })
  return {
    checks: { database: () => database.query('select 1'), auth_service: () => authIsReady(settings) },
    releases: [
      { what: 'the outbox', close: outbox.stop },
      { what: 'the database pool', close: database.stop },
    ],
    liveness: () => 'QAQC Service is healthy',
    prepare: async () => {
      await database.transaction(async (query) => {
        await query(qaqcSchema)
        await storeDefinitions(query)
      })
      outbox.start()
    },
    routes: (app) => {
      acceptJson(app)
      const callerOf = guardRoutes(app, settings, qaqcWording)
      for (const routes of ALL_ROUTES) routes(app, { settings, database, outbox, callerOf })
    },
  }
}
