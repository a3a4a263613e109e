// Reads what clients want done, and refuses what breaks a rule before anything is begun.
import { randomUUID } from 'node:crypto'
import type { Caller } from '../kit/caller.ts'
import { jsonObject, mistyped, type JsonObject } from '../kit/fields.ts'
import { SERVICE_ROLE } from '../kit/roles.ts'
import { typedFieldsOf, type TypedFields } from '../kit/typed-fields.ts'
import type { WorkflowName } from './saga.ts'
import type { SagaWish } from './store.ts'

const CODE = 'validation_error'
const MAX_TIMEOUT = 86_400_000
const DAY_LIMIT = 36_500

/** What a saga is made of besides the request's own fields. */
export interface SagaFrame {
  readonly workflow: WorkflowName
  readonly steps: readonly string[]
  readonly input: JsonObject
  readonly caller: Caller
  readonly defaultTimeout: number
  /** The shipped defect: time limits are read and forgotten. */
  readonly endless: boolean
}

/** Reads the fields every transaction has, and frames them as a saga that begins now. */
export function readTransaction(body: JsonObject, frame: SagaFrame): SagaWish {
  const fields = typedFieldsOf(body)
  const limit = fields.optionalWhole('timeout_ms', { min: 1, max: MAX_TIMEOUT }) ?? frame.defaultTimeout
  const named = fields.optionalUuid('user_id')
  const wish = {
    id: randomUUID(),
    name: fields.text('name', { min: 1, max: 255 }),
    transaction_type: fields.text('transaction_type', { min: 1, max: 100 }),
    workflow: frame.workflow,
    // Users act for themselves; only a service may name another.
    user_id: frame.caller.role === SERVICE_ROLE && named !== null ? named : frame.caller.userId,
    correlation_id: fields.optionalUuid('correlation_id'),
    metadata: needed(fields, 'metadata'),
    context_data: needed(fields, 'context_data'),
    input: frame.input,
    steps: frame.steps,
    deadline: new Date(Date.now() + (frame.endless ? MAX_TIMEOUT : limit)),
  }
  fields.done(CODE)
  return wish
}

/** An object that must be there. */
export function needed(fields: TypedFields, name: string): JsonObject {
  const value = fields.optionalObject(name)
  if (value === null) throw mistyped(`missing field \`${name}\``)
  return value
}

/** Reads what a sample submission is about. */
export function readSubmission(body: JsonObject): JsonObject {
  const fields = typedFieldsOf(body)
  const recipients = fields.optionalTexts('notification_recipients', { max: 100, length: 255 })
  if (recipients === null) throw mistyped('missing field `notification_recipients`')
  const submission = {
    sample_data: readSample(needed(fields, 'sample_data')),
    storage_requirements: readStorage(needed(fields, 'storage_requirements')),
    notification_recipients: recipients,
  }
  fields.done(CODE)
  return submission
}

function readSample(body: JsonObject): JsonObject {
  const fields = typedFieldsOf(body)
  const sample = {
    barcode: fields.text('barcode', { min: 1, max: 100 }),
    sample_type: fields.text('sample_type', { min: 1, max: 50 }),
    submitter_id: fields.uuid('submitter_id'),
    lab_id: fields.uuid('lab_id'),
    metadata: needed(fields, 'metadata'),
  }
  fields.done(CODE)
  return sample
}

function readStorage(body: JsonObject): JsonObject {
  const fields = typedFieldsOf(body)
  const priority = fields.optionalWhole('priority', { min: 0, max: 255 })
  if (priority === null) throw mistyped('missing field `priority`')
  const storage = {
    temperature_zone: fields.text('temperature_zone', { min: 1, max: 50 }),
    priority,
    duration_days: fields.optionalWhole('duration_days', { min: 0, max: DAY_LIMIT }),
    special_requirements: fields.optionalTexts('special_requirements', { max: 50, length: 255 }) ?? [],
  }
  fields.done(CODE)
  return storage
}

/** Reads what an enhanced workflow or its analysis is about; what it is not asked for by name is kept as it stands. */
export function readEnhanced(body: JsonObject): JsonObject {
  const fields = typedFieldsOf(body)
  const workflow_type = fields.text('workflow_type', { min: 1, max: 100 })
  const lab_context = needed(fields, 'lab_context')
  const sample_data = needed(fields, 'sample_data')
  const lab = typedFieldsOf(lab_context)
  lab.text('lab_id', { min: 1, max: 255 })
  const sample = typedFieldsOf(sample_data)
  sample.text('sample_id', { min: 1, max: 255 })
  sample.text('sample_type', { min: 1, max: 50 })
  for (const read of [fields, lab, sample]) read.done(CODE)
  const { protocol_document = null, ai_preferences = {} } = body
  return { workflow_type, lab_context, sample_data, protocol_document, ai_preferences: jsonObject(ai_preferences) }
}
