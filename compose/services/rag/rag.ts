// The RAG service: takes documents in, has a model read them, and answers questions from them.
import type { FastifyInstance } from 'fastify'
import { authIsReady, guardRoutes } from '../kit/caller.ts'
import { openDatabase } from '../kit/database.ts'
import { openOutbox } from '../kit/outbox.ts'
import { acceptJson } from '../kit/server.ts'
import type { Kit, Parts, ServiceDefinition } from '../kit/service.ts'
import { createAccuracy } from './accuracy.ts'
import { intakeRoutes } from './intake.ts'
import { storeGuidelines } from './knowledge.ts'
import { openModel } from './model.ts'
import { createWorker } from './processing.ts'
import { queryRoutes } from './query.ts'
import { createRagMetrics } from './rag-metrics.ts'
import { ragRefusals, ragWording } from './refusals.ts'
import { ragSchema } from './schema.ts'
import { ragShape, type RagSettings } from './settings.ts'
import { submissionRoutes } from './submissions.ts'
import { acceptForms } from './upload.ts'
import type { RagRoutesWorld, RagWorld } from './world.ts'

/** The service as the kit runs it. */
export const rag: ServiceDefinition<RagSettings> = {
  shape: ragShape,
  refusals: ragRefusals,
  startTimeout: ({ startTimeout }) => startTimeout,
  build,
}

function build(kit: Kit<RagSettings>): Parts {
  const { settings, warn } = kit
  const world = createWorld(kit)
  const { database, outbox } = world
  const worker = createWorker(world, warn)
  const accuracy = createAccuracy(world)
  return {
    // Documents are taken in without the model, so that its absence does not make the service unready.
    checks: { database: () => database.query('select 1'), auth_service: () => authIsReady(settings) },
    releases: [
      { what: 'the accuracy rounds', close: accuracy.stop },
      { what: 'the worker', close: worker.stop },
      { what: 'the outbox', close: outbox.stop },
      { what: 'the database pool', close: database.stop },
    ],
    prepare: async () => {
      await database.transaction(async (query) => {
        await query(ragSchema)
        await storeGuidelines(query)
      })
      for (const rounds of [outbox, worker, accuracy]) rounds.start()
    },
    routes: (app) => {
      acceptJson(app)
      acceptForms(app)
      if (settings.defects.has('errors-as-200')) answerErrorsWith200(app)
      const callerOf = guardRoutes(app, settings, ragWording)
      allRoutes(app, { ...world, callerOf, wakeWorker: worker.wake })
    },
  }
}

function createWorld({ settings, metrics, warn }: Kit<RagSettings>): RagWorld {
  const database = openDatabase(settings, { metrics, warn })
  const own = createRagMetrics(metrics, settings.modelName)
  const outbox = openOutbox(settings, { service: 'rag', database, metrics, warn })
  return { settings, database, outbox, model: openModel(settings, own), metrics: own }
}

function allRoutes(app: FastifyInstance, world: RagRoutesWorld): void {
  const about = { service: 'Enhanced RAG Service', version: '0.1.0' }
  app.get('/', async () => ({ ...about, status: 'operational', docs: '/docs', health: '/api/v1/health' }))
  app.get('/api/v1/health', async () => {
    const features = ['document_processing', 'file_upload', 'intelligent_queries']
    return { status: 'healthy', ...about, features }
  })
  for (const routes of [intakeRoutes, queryRoutes, submissionRoutes]) routes(app, world)
}

/** The shipped defect: every error is told in the body only. */
function answerErrorsWith200(app: FastifyInstance): void {
  app.addHook('onSend', async ({ routeOptions }, reply) => {
    if (reply.statusCode >= 400 && routeOptions.url !== '/health/ready') reply.code(200)
  })
}
