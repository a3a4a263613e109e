// Samples in the storage: assign, move, take out, and ask where they are.
import type { FastifyInstance } from 'fastify'
import { jsonBody, uuidParam } from '../kit/fields.ts'
import { queryOf } from '../kit/query.ts'
import { assignSample, moveSample, removeSample } from './placement.ts'
import { readAssignment, readMove, readRetrieval } from './placement-draft.ts'
import { detailedLocationOf, locationOf, placementJson, sampleView } from './placement-views.ts'
import { refuse } from './refusals.ts'
import { success, type StorageWorld } from './world.ts'

/** The routes under /storage/samples. */
export function sampleRoutes(app: FastifyInstance, world: StorageWorld): void {
  app.post('/storage/samples/assign', async (request, reply) => {
    const draft = readAssignment(jsonBody(request), world.callerOf(request).userId)
    return reply.status(201).send(success(placementJson(await assignSample(world, draft))))
  })
  app.put('/storage/samples/:id/move', async (request) => {
    const draft = readMove(jsonBody(request), uuidParam(request), world.callerOf(request).userId)
    return success(placementJson(await moveSample(world, draft)))
  })
  // Documented as not implemented; a sample is stored by its assignment.
  app.post('/storage/samples', async () => {
    throw refuse('not_implemented', 'Sample storage not yet implemented')
  })
  leaveRoutes(app, world)
  whereRoutes(app, world)
}

function leaveRoutes(app: FastifyInstance, world: StorageWorld): void {
  app.delete('/storage/samples/:id/position', async (request) => {
    const reason = queryOf(request, 'validation').text('reason', (text) => text.length <= 500)
    const by = world.callerOf(request).userId
    await removeSample(world, { sample_id: uuidParam(request), by, removal: 'removed', reason })
    return success('Sample removed from storage successfully')
  })
  app.post('/storage/samples/:id/retrieve', async (request) => {
    const body = request.body === undefined ? {} : jsonBody(request)
    const wish = readRetrieval(body, world.callerOf(request).userId)
    const row = await removeSample(world, { sample_id: uuidParam(request), removal: 'retrieved', ...wish })
    return success(placementJson(row), 'Sample retrieved successfully')
  })
}

function whereRoutes(app: FastifyInstance, { database: { query } }: StorageWorld): void {
  app.get('/storage/samples/:id', async (request) => success(await sampleView(query, uuidParam(request))))
  app.get('/storage/samples/:id/location', async (request) => success(await locationOf(query, uuidParam(request))))
  app.get('/storage/samples/:id/location-detailed', async (request) => {
    return success(await detailedLocationOf(query, uuidParam(request)))
  })
}
