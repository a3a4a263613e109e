// Validates samples, one or many.
import type { FastifyInstance } from 'fastify'
import { fieldsOf, isUuid, jsonBody, uuidParam } from '../kit/fields.ts'
import { malformed, Refusal } from '../kit/refusal.ts'
import { refuse } from './refusals.ts'
import { judgeSample } from './rules.ts'
import { sampleById } from './store.ts'
import type { SampleWorld } from './world.ts'

/** POST /samples/:id/validate and /samples/batch/validate. */
export function validateRoutes(app: FastifyInstance, world: SampleWorld): void {
  app.post('/samples/:id/validate', async (request) => {
    const data = await validate(world, uuidParam(request), world.callerOf(request).userId)
    const message = data.is_valid ? 'Sample validation passed' : 'Sample validation failed'
    return { success: data.is_valid, data, message }
  })
  app.post('/samples/batch/validate', async (request) => {
    const ids = fieldsOf(jsonBody(request)).list('sample_ids')
    checkSize(world, ids.length)
    const by = world.callerOf(request).userId
    const results = []
    for (const id of ids) results.push(await validateOne(world, id, by))
    const valid = results.filter(({ is_valid }) => is_valid).length
    const data = {
      validation_results: results,
      overall_valid: valid === results.length,
      total_samples: results.length,
      valid_samples: valid,
      invalid_samples: results.length - valid,
    }
    return { success: true, data, message: `${valid} of ${results.length} samples are valid` }
  })
}

/** Refuses more items at once than allowed, with the documented 429. */
export function checkSize({ settings }: SampleWorld, size: number): void {
  if (size <= settings.maxBatch) return
  throw refuse('resource_limit_exceeded', `At most ${settings.maxBatch} samples at once are allowed, not ${size}`)
}

async function validate(world: SampleWorld, id: string, by: string) {
  const { errors, warnings } = judgeSample(await sampleById(world.database.query, id), new Date())
  world.lab.validated(errors.length === 0)
  return resultOf({ id, by, errors, warnings })
}

interface Found {
  readonly id: string
  readonly by: string
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
}

function resultOf({ id, by, errors, warnings }: Found) {
  return {
    id: 0,
    sample_id: id,
    rule_id: null,
    validation_passed: errors.length === 0,
    is_valid: errors.length === 0,
    error_message: errors[0] ?? null,
    errors,
    warnings,
    validated_at: new Date().toISOString(),
    validated_by: by,
  }
}

/** In a batch an unknown sample is an invalid one, not the end of the batch. */
async function validateOne(world: SampleWorld, id: unknown, by: string) {
  if (typeof id !== 'string' || !isUuid(id)) throw malformed(422, 'Failed to deserialize the JSON body: sample_ids')
  try {
    return await validate(world, id, by)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return resultOf({ id, by, errors: [error.message], warnings: [] })
  }
}
