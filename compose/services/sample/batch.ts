// Creates many samples one by one; an item that fails is reported and does not hold up the others.
import type { FastifyInstance } from 'fastify'
import { fieldsOf, jsonBody, jsonObject } from '../kit/fields.ts'
import { Refusal } from '../kit/refusal.ts'
import { readDraft } from './draft.ts'
import { sampleJson } from './row.ts'
import { createSample } from './store.ts'
import { checkSize } from './validate.ts'
import type { SampleWorld } from './world.ts'

/** POST /samples/batch. */
export function batchRoutes(app: FastifyInstance, world: SampleWorld): void {
  app.post('/samples/batch', async (request) => {
    const items = fieldsOf(jsonBody(request)).list('samples')
    checkSize(world, items.length)
    const by = world.callerOf(request).userId
    const created: object[] = []
    const failed: object[] = []
    for (const [index, item] of items.entries()) {
      const error = await createOne(item)
      if (error !== undefined) failed.push({ index, sample_data: item, error })
    }
    async function createOne(item: unknown): Promise<string | undefined> {
      try {
        created.push(sampleJson(await createSample(world, readDraft(jsonObject(item)), by)))
        return undefined
      } catch (error) {
        // Only a definite no belongs to the item; a broken database fails the request.
        if (error instanceof Refusal && error.status < 500) return error.message
        throw error
      }
    }
    const counts = { total_created: created.length, total_failed: failed.length }
    const data = { created_samples: created, failed_samples: failed, ...counts }
    return { success: true, data, message: `${created.length} samples created, ${failed.length} failed` }
  })
}
