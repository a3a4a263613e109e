// Reads what another service answered.
import type { JsonObject } from '../kit/fields.ts'
import { refused, type StepFailure } from './failure.ts'
import type { PeerAnswer } from './workflow.ts'

/** The `data` of an answer, or the whole body of a service that does not wrap it. */
export function dataOf({ body }: PeerAnswer): JsonObject {
  const { data } = body
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as JsonObject) : body
}

/** The failure a definite no is; the service's own words are kept, shortened. */
export function refusedBy(peer: string, { status, body }: PeerAnswer): StepFailure {
  const { error, message } = body
  const inner = typeof error === 'object' && error !== null && 'message' in error ? error.message : undefined
  const words = [message, inner, error].find((text) => typeof text === 'string')
  return refused(`${peer} answered ${status}${words === undefined ? '' : `: ${String(words).slice(0, 300)}`}`)
}
