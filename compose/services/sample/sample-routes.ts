// Creates, reads, lists and updates single samples.
import type { FastifyInstance } from 'fastify'
import { jsonBody, uuidParam } from '../kit/fields.ts'
import { readDraft, readUpdate } from './draft.ts'
import { listSamples } from './list.ts'
import { sampleJson } from './row.ts'
import { createSample, sampleByBarcode, sampleById, updateSample } from './store.ts'
import type { SampleWorld } from './world.ts'

/** The plain routes under /samples. */
export function sampleRoutes(app: FastifyInstance, world: SampleWorld): void {
  const { database, callerOf } = world
  app.post('/samples', async (request) => {
    const row = await createSample(world, readDraft(jsonBody(request)), callerOf(request).userId)
    return { success: true, data: sampleJson(row), message: 'Sample created successfully' }
  })
  app.get('/samples', async (request) => ({ success: true, data: await listSamples(world, request) }))
  app.get('/samples/:id', async (request) => {
    return { success: true, data: sampleJson(await sampleById(database.query, uuidParam(request))) }
  })
  app.get<{ Params: { barcode: string } }>('/samples/barcode/:barcode', async (request) => {
    return { success: true, data: sampleJson(await sampleByBarcode(database.query, request.params.barcode)) }
  })
  app.put('/samples/:id', async (request) => {
    const body = jsonBody(request)
    const wanted = { id: uuidParam(request), by: callerOf(request).userId }
    const row = await updateSample(world, wanted, (stored) => readUpdate(body, stored))
    return { success: true, data: sampleJson(row), message: 'Sample updated successfully' }
  })
}
