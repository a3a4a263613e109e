// The step that finds the sample a place in the storage, and gives the place back.
import type { JsonObject } from '../kit/fields.ts'
import { dataOf, refusedBy } from './peer-answer.ts'
import { sampleIdOf } from './sample-steps.ts'
import type { Errand, TimelessStep, Undo } from './workflow.ts'

async function assign(errand: Errand): Promise<JsonObject> {
  const body = { sample_id: sampleIdOf(errand), requirements: errand.saga.input.storage_requirements }
  const answer = await errand.ask({ peer: 'storage', method: 'POST', path: '/api/v1/storage/assign', body })
  if (!answer.ok) throw refusedBy('storage', answer)
  const { location_id, position } = dataOf(answer)
  return { location_id, position }
}

/** Storage knows the assignment by the saga's id and takes none for it after this. */
async function release(errand: Errand): Promise<'completed' | 'skipped'> {
  const { location_id = null } = errand.saga.context
  const body = { sample_id: sampleIdOf(errand), location_id, reason: 'saga_compensation' }
  const answer = await errand.ask({ peer: 'storage', method: 'POST', path: '/api/v1/storage/release', body })
  if (answer.ok) return 'completed'
  if (answer.status === 404) return 'skipped'
  throw refusedBy('storage', answer)
}

const RELEASE: Undo = { name: 'release_storage_compensation', timeout: 10_000, run: release }

/** Assigns a storage position. */
export const assignStorage: TimelessStep = { name: 'assign_storage', run: assign, undo: RELEASE }
