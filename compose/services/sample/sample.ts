// The sample service: samples, their states and their history.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { openDatabase } from '../kit/database.ts'
import { call } from '../kit/http-call.ts'
import { acceptJson } from '../kit/server.ts'
import type { Kit, Parts, ServiceDefinition } from '../kit/service.ts'
import { untraced } from '../kit/span.ts'
import { batchRoutes } from './batch.ts'
import { findCaller, type Caller } from './caller.ts'
import { figures } from './figures.ts'
import { createLabMetrics } from './lab-metrics.ts'
import { createQueue } from './queue.ts'
import { sampleRefusals } from './refusals.ts'
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
  const callers = new WeakMap<FastifyRequest, Caller>()
  const world = createWorld(kit, callers)
  const { database, queue } = world
  let refreshing: NodeJS.Timeout | undefined
  return {
    checks: { database: () => database.query('select 1'), auth_service: () => authIsReady(settings) },
    releases: [
      { what: 'the queue refresh', close: async () => clearInterval(refreshing) },
      { what: 'the database pool', close: database.stop },
    ],
    prepare: async () => {
      await database.transaction((query) => query(sampleSchema))
      await queue.refresh()
      const failed = (error: Error): void => kit.warn(`the queue could not be counted: ${error.message}`)
      refreshing = setInterval(() => untraced(() => queue.refresh().catch(failed)), settings.queueRefresh)
    },
    routes: (app) => {
      acceptJson(app)
      app.get('/health/metrics', () => figures(world))
      guard(app, settings, callers)
      for (const routes of [sampleRoutes, workflowRoutes, validateRoutes, batchRoutes]) routes(app, world)
    },
  }
}

function createWorld(kit: Kit<SampleSettings>, callers: WeakMap<FastifyRequest, Caller>): SampleWorld {
  const { settings, metrics, warn } = kit
  const database = openDatabase(settings, { metrics, warn })
  let creates = 0
  return {
    settings,
    database,
    lab: createLabMetrics(metrics),
    queue: createQueue(database, metrics),
    callerOf: (request) => {
      const caller = callers.get(request)
      if (caller === undefined) throw new Error('a guarded route was reached without authentication')
      return caller
    },
    dropsWrite: () => {
      creates += 1
      return settings.defects.has('drop-acknowledged-writes') && creates % DROP_EVERY === 0
    },
  }
}

/** Every route under /samples wants a caller; health and metrics do not. */
function guard(app: FastifyInstance, settings: SampleSettings, callers: WeakMap<FastifyRequest, Caller>): void {
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.url?.startsWith('/samples') !== true) return
    callers.set(request, await findCaller(settings, request))
  })
}

async function authIsReady({ authUrl, readinessTimeout }: SampleSettings): Promise<void> {
  const url = `${authUrl}/health/ready`
  const { status } = await call({ peer: 'auth', method: 'GET', url, deadline: readinessTimeout })
  if (status !== 200) throw new Error(`auth is not ready, it answered ${status}`)
}
