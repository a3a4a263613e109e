// The spreadsheet versioning service: a line of versions per spreadsheet, drafts beside it, differences and merges.
import { authIsReady, guardRoutes } from '../kit/caller.ts'
import { openDatabase } from '../kit/database.ts'
import { openOutbox } from '../kit/outbox.ts'
import { acceptJson } from '../kit/server.ts'
import type { Kit, Parts, ServiceDefinition } from '../kit/service.ts'
import { conflictRoutes } from './conflict-routes.ts'
import { diffRoutes } from './diff-routes.ts'
import { versioningRefusals, versioningWording } from './refusals.ts'
import { versioningSchema } from './schema.ts'
import { versioningShape, type VersioningSettings } from './settings.ts'
import { versionRoutes } from './version-routes.ts'

/** The service as the kit runs it. */
export const spreadsheetVersioning: ServiceDefinition<VersioningSettings> = {
  shape: versioningShape,
  refusals: versioningRefusals,
  startTimeout: ({ startTimeout }) => startTimeout,
  build,
}

function build({ settings, metrics, warn }: Kit<VersioningSettings>): Parts {
  const database = openDatabase(settings, { metrics, warn })
  const outbox = openOutbox(settings, { service: 'spreadsheet-versioning', database, metrics, warn })
  return {
    checks: { database: () => database.query('select 1'), auth_service: () => authIsReady(settings) },
    releases: [
      { what: 'the outbox', close: outbox.stop },
      { what: 'the database pool', close: database.stop },
    ],
    prepare: async () => {
      await database.transaction((query) => query(versioningSchema))
      outbox.start()
    },
    routes: (app) => {
      acceptJson(app)
      const callerOf = guardRoutes(app, settings, versioningWording)
      for (const routes of [versionRoutes, diffRoutes, conflictRoutes]) {
        routes(app, { settings, database, outbox, callerOf })
      }
    },
  }
}
