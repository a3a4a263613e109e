// The library details service: sequencing libraries, their protocols, kits, platforms and measurements.
import { authIsReady, guardRoutes } from '../kit/caller.ts'
import { openDatabase } from '../kit/database.ts'
import { openOutbox } from '../kit/outbox.ts'
import { acceptJson } from '../kit/server.ts'
import type { Kit, Parts, ServiceDefinition } from '../kit/service.ts'
import { kitRoutes } from './kits.ts'
import { libraryRoutes } from './libraries.ts'
import { platformRoutes } from './platforms.ts'
import { protocolRoutes } from './protocols.ts'
import { qualityRoutes } from './quality.ts'
import { libraryRefusals, libraryWording } from './refusals.ts'
import { librarySchema } from './schema.ts'
import { libraryShape, type LibrarySettings } from './settings.ts'

/** The service as the kit runs it. */
export const libraryDetails: ServiceDefinition<LibrarySettings> = {
  shape: libraryShape,
  refusals: libraryRefusals,
  startTimeout: ({ startTimeout }) => startTimeout,
  build,
}

const ALL_ROUTES = [libraryRoutes, protocolRoutes, qualityRoutes, kitRoutes, platformRoutes]

function build({ settings, metrics, warn }: Kit<LibrarySettings>): Parts {
  const database = openDatabase(settings, { metrics, warn })
  const outbox = openOutbox(settings, { service: 'library-details', database, metrics, warn })
  return {
    checks: { database: () => database.query('select 1'), auth_service: () => authIsReady(settings) },
    releases: [
      { what: 'the outbox', close: outbox.stop },
      { what: 'the database pool', close: database.stop },
    ],
    liveness: () => 'Library Details Service is healthy',
    prepare: async () => {
      await database.transaction((query) => query(librarySchema))
      outbox.start()
    },
    routes: (app) => {
      acceptJson(app)
      const callerOf = guardRoutes(app, settings, libraryWording(settings))
      for (const routes of ALL_ROUTES) routes(app, { settings, database, outbox, callerOf })
    },
  }
}
