// Reads what a saga wants of the storage; every request names its transaction.
import type { FastifyRequest } from 'fastify'
import { jsonBody, jsonObject, mistyped } from '../kit/fields.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import { readZone } from './location-draft.ts'
import { refuse } from './refusals.ts'
import type { Zone } from './zones.ts'

/** A sample that needs a position. */
export interface SagaDraft {
  readonly transaction_id: string
  readonly sample_id: string
  readonly zone: Zone
  readonly by: string
  readonly conditions: object
  readonly special: readonly string[]
}

/** A position to be given back. */
export interface SagaRelease {
  readonly transaction_id: string
  readonly sample_id: string
  readonly by: string
  readonly reason: string | null
}

const PRIORITY = { min: 0, max: 255 }
const DAYS = { min: 0, max: 2 ** 32 - 1 }
const SPECIAL = { max: 50, length: 255 }

/** Reads `{sample_id, requirements{temperature_zone, priority, duration_days?, special_requirements[]}}`. */
export function readSagaAssignment(request: FastifyRequest, by: string): SagaDraft {
  const body = jsonBody(request)
  const sample_id = typedFieldsOf(body).uuid('sample_id')
  if (body.requirements === undefined) throw mistyped('missing field `requirements`')
  const fields = typedFieldsOf(jsonObject(body.requirements))
  const zone = readZone(fields, fields.text('temperature_zone'))
  const priority = fields.optionalWhole('priority', PRIORITY)
  const duration_days = fields.optionalWhole('duration_days', DAYS)
  const special = fields.optionalTexts('special_requirements', SPECIAL) ?? []
  fields.done('validation')
  const conditions = { priority, duration_days }
  const transaction_id = transactionOf(request)
  return { transaction_id, sample_id, zone: zone ?? 'room_temperature', by, conditions, special }
}

/** Reads `{sample_id, location_id?, reason?}`; the transaction says which position it is. */
export function readSagaRelease(request: FastifyRequest, by: string): SagaRelease {
  const fields = typedFieldsOf(jsonBody(request))
  const sample_id = fields.uuid('sample_id')
  fields.optionalUuid('location_id')
  const reason = fields.optionalText('reason', { max: 500 })
  fields.done('validation')
  return { transaction_id: transactionOf(request), sample_id, by, reason }
}

function transactionOf(request: FastifyRequest): string {
  const id = request.headers['x-transaction-id']
  if (typeof id === 'string' && /^[\w.-]{1,100}$/.test(id)) return id
  throw refuse('validation', 'The header X-Transaction-ID must name the transaction')
}
