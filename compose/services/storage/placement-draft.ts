// Reads what a client wants done with a sample.
import type { JsonObject } from '../kit/fields.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'

/** A sample to be put into a position. */
export interface AssignDraft {
  readonly sample_id: string
  readonly container_id: string
  readonly position_identifier: string | null
  readonly by: string
  readonly storage_conditions: JsonObject | null
  readonly special_requirements: JsonObject | null
  readonly notes: string | null
}

/** A sample to be moved. */
export interface MoveDraft {
  readonly sample_id: string
  readonly container_id: string
  readonly position_identifier: string | null
  readonly by: string
  readonly reason: string | null
  readonly notes: string | null
}

const PLACE = { min: 1, max: 50 }
const REASON = { max: 500 }

/** Reads an assignment; who is not named did it themselves. */
export function readAssignment(body: JsonObject, caller: string): AssignDraft {
  const fields = typedFieldsOf(body)
  const draft = {
    sample_id: fields.uuid('sample_id'),
    container_id: fields.uuid('container_id'),
    position_identifier: fields.optionalText('position_identifier', PLACE),
    by: fields.optionalUuid('assigned_by') ?? caller,
    storage_conditions: fields.optionalObject('storage_conditions'),
    special_requirements: fields.optionalObject('special_requirements'),
    notes: fields.optionalText('notes'),
  }
  fields.done('validation')
  return draft
}

/** Reads a move of a sample. */
export function readMove(body: JsonObject, sample_id: string, caller: string): MoveDraft {
  const fields = typedFieldsOf(body)
  const draft = {
    sample_id,
    container_id: fields.uuid('new_container_id'),
    position_identifier: fields.optionalText('new_position_identifier', PLACE),
    by: fields.optionalUuid('moved_by') ?? caller,
    reason: fields.optionalText('reason', REASON),
    notes: fields.optionalText('notes'),
  }
  fields.done('validation')
  return draft
}

/** Reads who takes a sample out, and why; both may be left out. */
export function readRetrieval(body: JsonObject, caller: string): { by: string; reason: string | null } {
  const fields = typedFieldsOf(body)
  const wish = { by: fields.optionalUuid('retrieved_by') ?? caller, reason: fields.optionalText('reason', REASON) }
  fields.done('validation')
  return wish
}
