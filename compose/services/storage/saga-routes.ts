// What the sample-submission saga needs of the storage: a position for a sample, and to give it back.
import type { FastifyInstance } from 'fastify'
import { readSagaAssignment, readSagaRelease } from './saga-draft.ts'
import { assignForSaga, releaseForSaga, type AssignmentRow } from './saga-assignment.ts'
import { success, type StorageWorld } from './world.ts'

/** The routes under /api/v1/storage; the shipped service had none of them. */
export function sagaRoutes(app: FastifyInstance, world: StorageWorld): void {
  if (world.settings.defects.has('no-saga-routes')) return
  app.post('/api/v1/storage/assign', async (request, reply) => {
    const row = await assignForSaga(world, readSagaAssignment(request, world.callerOf(request).userId))
    return reply.status(201).send(success(assignmentJson(row)))
  })
  app.post('/api/v1/storage/release', async (request) => {
    const row = await releaseForSaga(world, readSagaRelease(request, world.callerOf(request).userId))
    return success({ ...assignmentJson(row), released_at: row.removed_at })
  })
}

function assignmentJson(row: AssignmentRow) {
  return {
    sample_id: row.sample_id,
    transaction_id: row.transaction_id,
    location_id: row.location_id,
    container_id: row.container_id,
    position: row.position_identifier,
    temperature_zone: row.temperature_zone,
    assigned_at: row.assigned_at,
  }
}
