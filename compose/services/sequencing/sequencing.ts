// The sequencing service: jobs, the runs that do them, their sample sheets and workflows.
import { authIsReady, guardRoutes } from '../kit/caller.ts'
import { openDatabase } from '../kit/database.ts'
import { openOutbox } from '../kit/outbox.ts'
import { acceptJson } from '../kit/server.ts'
import type { Kit, Parts, ServiceDefinition } from '../kit/service.ts'
import { checksJson, figures, healthOf } from './health.ts'
import { jobRoutes } from './job-routes.ts'
import { createNeighbours } from './neighbours.ts'
import { sequencingRefusals, sequencingWording } from './refusals.ts'
import { createRunMeter } from './run-meter.ts'
import { runRoutes } from './run-routes.ts'
import { sequencingSchema } from './schema.ts'
import { sequencingShape, type SequencingSettings } from './settings.ts'
import { sheetRoutes } from './sheet-routes.ts'
import { workflowRoutes } from './workflow-routes.ts'

/** The service as the kit runs it. */
export const sequencing: ServiceDefinition<SequencingSettings> = {
  shape: sequencingShape,
  refusals: sequencingRefusals,
  startTimeout: ({ startTimeout }) => startTimeout,
  build,
}

function build({ settings, metrics, warn }: Kit<SequencingSettings>): Parts {
  const database = openDatabase(settings, { metrics, warn })
  const outbox = openOutbox(settings, { database, metrics, warn, service: 'sequencing' })
  const neighbours = createNeighbours(settings)
  const world = { settings, database, outbox, runs: createRunMeter(metrics) }
  return {
    checks: {
      database: () => database.query('select 1'),
      auth_service: () => authIsReady(settings),
      neighbours: neighbours.look,
    },
    liveness: () => healthOf(database, settings.readinessTimeout),
    readiness: ({ neighbours: _, ...needed }) => checksJson({ ...needed, ...neighbours.found() }),
    releases: [
      { what: 'the outbox', close: outbox.stop },
      { what: 'the database pool', close: database.stop },
    ],
    prepare: async () => {
      await database.transaction((query) => query(sequencingSchema))
      await world.runs.recall(database.query)
      outbox.start()
    },
    routes: (app) => {
      acceptJson(app)
      app.get('/health/metrics', () => figures(database))
      const guarded = { ...world, callerOf: guardRoutes(app, settings, sequencingWording) }
      for (const routes of [jobRoutes, runRoutes, sheetRoutes, workflowRoutes]) routes(app, guarded)
    },
  }
}
