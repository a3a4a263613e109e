// The sample service: samples, their states and their history.
import { authIsReady, guardRoutes } from '../kit/caller.ts'
import { openDatabase } from '../kit/database.ts'
import { openOutbox } from '../kit/outbox.ts'
import { acceptJson } from '../kit/server.ts'
import type { Kit, Parts, ServiceDefinition } from '../kit/service.ts'
import { untraced } from '../kit/span.ts'
import { batchRoutes } from './batch.ts'
import { figures } from './figures.ts'
import { createLabMetrics } from './lab-metrics.ts'
import { createQueue } from './queue.ts'
import { sampleRefusals, sampleWording } from './refusals.ts'
import { sampleRoutes } from './sample-routes.ts'
import { sampleSchema } from './schema.ts'
import { sampleShape, type SampleSettings } from './settings.ts'
import { validateRoutes } from './validate.ts'
import { workflowRoutes } from './workflow.ts'
import type { SampleWorld } from './world.ts'

/** The service as the kit runs it. */
export const sample: ServiceDefinition<SampleSettings> = {
  shape: sampleShape,
  refusals: sampleRefusals,
  startTimeout: ({ startTimeout }) => startTimeout,
  build,
}

/** With the defect, one create in this many is acknowledged but not stored. */
const DROP_EVERY = 10

function build(kit: Kit<SampleSettings>): Parts {
  const { settings } = kit
  const world = createWorld(kit)
  const { database, outbox, queue } = world
  let refreshing: NodeJS.Timeout | undefined
  return {
    checks: { database: () => database.query('select 1'), auth_service: () => authIsReady(settings) },
    releases: [
      { what: 'the queue refresh', close: async () => clearInterval(refreshing) },
      { what: 'the outbox', close: outbox.stop },
      { what: 'the database pool', close: database.stop },
    ],
    prepare: async () => {
      await database.transaction((query) => query(sampleSchema))
      outbox.start()
      await queue.refresh()
      const failed = (error: Error): void => kit.warn(`the queue could not be counted: ${error.message}`)
      refreshing = setInterval(() => untraced(() => queue.refresh().catch(failed)), settings.queueRefresh)
    },
    routes: (app) => {
      acceptJson(app)
      app.get('/health/metrics', () => figures(world))
      const guarded = { ...world, callerOf: guardRoutes(app, settings, sampleWording) }
      for (const routes of [sampleRoutes, workflowRoutes, validateRoutes, batchRoutes]) routes(app, guarded)
    },
  }
}

function createWorld(kit: Kit<SampleSettings>): Omit<SampleWorld, 'callerOf'> {
  const { settings, metrics, warn } = kit
  const database = openDatabase(settings, { metrics, warn })
  let creates = 0
  return {
    settings,
    database,
    outbox: openOutbox(settings, { service: 'sample', database, metrics, warn }),
    lab: createLabMetrics(metrics),
    queue: createQueue(database, metrics),
    dropsWrite: () => {
      creates += 1
      return settings.defects.has('drop-acknowledged-writes') && creates % DROP_EVERY === 0
    },
  }
}
