// Runs: create, list, read, start, stop, and what they come to.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { randomUUID } from 'node:crypto'
import { jsonBody, uuidParam } from '../kit/fields.ts'
import { pageOf, queryOf } from '../kit/query.ts'
import { moveRun, type RunStep } from './moves.ts'
import { PLATFORMS } from './platforms.ts'
import { NO_RESULTS, readRun, readRunStatus } from './run-draft.ts'
import { RUN_STATUSES } from './run-status.ts'
import { createRun, listRuns, runById, runMetrics } from './run-store.ts'
import { SHORT_PAGES, shortPagination, type SequencingWorld } from './world.ts'

/** The routes under /runs; the two that the shipped image had are there under its path too. */
export function runRoutes(app: FastifyInstance, world: SequencingWorld): void {
  const { query } = world.database
  plainRoutes(app, world, '/runs')
  if (world.settings.defects.has('mock-sequencing-runs')) mockRoutes(app)
  else plainRoutes(app, world, '/api/sequencing/runs')
  app.get('/runs/:id', async (request) => runById(query, uuidParam(request)))
  app.get('/runs/:id/metrics', async (request) => runMetrics(await runById(query, uuidParam(request))))
  app.put('/runs/:id/status', async (request) => {
    return moveRun(world, stepOf(world, request, readRunStatus(jsonBody(request))))
  })
  app.post('/runs/:id/start', async (request) => {
    return moveRun(world, stepOf(world, request, { to: 'running', results: NO_RESULTS }))
  })
  app.post('/runs/:id/stop', async (request) => {
    return moveRun(world, stepOf(world, request, { to: 'aborted', results: NO_RESULTS }))
  })
  app.get('/platforms', async () => ({ platforms: PLATFORMS.map((id) => ({ id, name: id })) }))
}

function stepOf(world: SequencingWorld, request: FastifyRequest, wish: Pick<RunStep, 'to' | 'results'>): RunStep {
  return { id: uuidParam(request), by: world.callerOf(request).userId, ...wish }
}

function plainRoutes(app: FastifyInstance, world: SequencingWorld, path: string): void {
  app.post(path, async (request, reply) => {
    const row = await createRun(world, readRun(jsonBody(request)), world.callerOf(request).userId)
    return reply.status(201).send(row)
  })
  app.get(path, async (request) => {
    const wish = queryOf(request, 'validation')
    const page = pageOf(wish, SHORT_PAGES)
    const filters = { status: wish.word('status', RUN_STATUSES), platform: wish.word('platform', PLATFORMS) }
    const [rows, total] = await listRuns(world.database.query, filters, page)
    return { runs: rows, pagination: shortPagination(total, page) }
  })
}

/** What the shipped image really did: it took every run and kept none. */
function mockRoutes(app: FastifyInstance): void {
  app.post('/api/sequencing/runs', async () => ({ id: randomUUID(), created: true }))
  app.get('/api/sequencing/runs', async () => ({ runs: [] }))
}
