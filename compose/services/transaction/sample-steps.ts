// The steps of a submission that concern the sample itself: create it, validate it, and take both back.
import { jsonObject, type JsonObject } from '../kit/fields.ts'
import { refused, StepFailure } from './failure.ts'
import { dataOf, refusedBy } from './peer-answer.ts'
import type { Errand, TimelessStep, Undo } from './workflow.ts'

/** What the sample is validated for, as the documents name it. */
const RULES = ['check_barcode_format', 'verify_sample_type', 'validate_metadata']
const REASON = 'saga_compensation'

/** The id of the sample, once it is known. */
export function sampleIdOf({ saga }: Errand): string {
  return String(saga.context.sample_id)
}

/** Creates the sample; its barcode is unique, so that a second attempt finds the first one's sample. */
async function create(errand: Errand): Promise<JsonObject> {
  const { saga, ask } = errand
  const data = jsonObject(saga.input.sample_data)
  const { barcode, sample_type, submitter_id, lab_id } = data
  const metadata = { ...jsonObject(data.metadata), submitter_id, lab_id, transaction_id: saga.id }
  const body = { name: barcode, barcode, sample_type, metadata }
  const answer = await ask({ peer: 'sample', method: 'POST', path: '/samples', body })
  if (answer.ok) return { sample_id: dataOf(answer).id, barcode }
  if (answer.status !== 409) throw refusedBy('sample', answer)
  return { sample_id: await ownSample(errand, String(barcode)), barcode }
}

/** The id of the sample that has the barcode, when this very saga made it. */
async function ownSample({ saga, ask }: Errand, barcode: string): Promise<unknown> {
  const path = `/samples/barcode/${encodeURIComponent(barcode)}`
  const answer = await ask({ peer: 'sample', method: 'GET', path })
  const taken = refused(`the barcode ${barcode} is taken`)
  if (answer.status === 404) throw taken
  if (!answer.ok) throw refusedBy('sample', answer)
  const { id, metadata } = dataOf(answer)
  if (typeof metadata !== 'object' || metadata === null) throw taken
  if (!('transaction_id' in metadata) || metadata.transaction_id !== saga.id) throw taken
  return id
}

async function validate(errand: Errand): Promise<JsonObject> {
  const sample_id = sampleIdOf(errand)
  const { ask, saga } = errand
  const path = `/samples/${sample_id}`
  const wish = { sample_id, validation_rules: RULES, validator_id: saga.user_id }
  const verdict = await ask({ peer: 'sample', method: 'POST', path: `${path}/validate`, body: wish })
  if (!verdict.ok) throw refusedBy('sample', verdict)
  if (verdict.body.success === false) throw refused(`the sample is not valid: ${String(dataOf(verdict).error_message)}`)
  const body = { new_status: 'Validated', reason: 'sample submission' }
  const moved = await ask({ peer: 'sample', method: 'PUT', path: `${path}/status`, body })
  // Moving it twice is refused, so the first attempt's move shows in the status alone.
  if (!moved.ok && (await statusOf(errand)) !== 'Validated') throw refusedBy('sample', moved)
  return { validation_status: 'Validated' }
}

/** The sample's status; a deleted sample has none. */
async function statusOf(errand: Errand): Promise<string | undefined> {
  const answer = await errand.ask({ peer: 'sample', method: 'GET', path: `/samples/${sampleIdOf(errand)}` })
  if (answer.ok) return String(dataOf(answer).status)
  if (answer.status === 404) return undefined
  throw refusedBy('sample', answer)
}

/** The table of statuses knows no way back to Pending but over Rejected, which says what became of the sample. */
async function reverseValidation(errand: Errand): Promise<'completed' | 'skipped'> {
  const path = `/samples/${sampleIdOf(errand)}/status`
  const body = { new_status: 'Rejected', reason: REASON }
  const answer = await errand.ask({ peer: 'sample', method: 'PUT', path, body })
  if (answer.ok) return 'completed'
  if (answer.status === 404) return 'skipped'
  const status = await statusOf(errand)
  if (status === undefined || status === 'Rejected') return 'completed'
  throw refusedBy('sample', answer)
}

async function remove(errand: Errand): Promise<'completed' | 'skipped'> {
  const id = errand.saga.context.sample_id ?? (await createdAfterAll(errand))
  if (id === undefined) return 'skipped'
  const body = { force: true, reason: REASON }
  const answer = await errand.ask({ peer: 'sample', method: 'DELETE', path: `/samples/${String(id)}`, body })
  if (answer.ok) return 'completed'
  if (answer.status === 404) return 'skipped'
  throw refusedBy('sample', answer)
}

/**
 * When nobody knows whether the sample was created, creating it makes it known: a request that is still on its way
 * finds the barcode taken, before and after the deletion.
 */
async function createdAfterAll(errand: Errand): Promise<unknown> {
  try {
    return (await create(errand)).sample_id
  } catch (error) {
    if (error instanceof StepFailure && error.effect === 'none' && !error.retry) return undefined
    throw error
  }
}

const DELETE: Undo = { name: 'delete_sample_compensation', timeout: 15_000, run: remove }
const REVERSE: Undo = { name: 'reverse_validation_compensation', timeout: 8000, run: reverseValidation }

/** Creates the sample. */
export const createSample: TimelessStep = { name: 'create_sample', run: create, undo: DELETE }

/** Validates the sample and moves it to Validated. */
export const validateSample: TimelessStep = { name: 'validate_sample', run: validate, undo: REVERSE }
