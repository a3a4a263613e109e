// The sample service's refusals, with the codes and the error body its documents promise.
import type { GuardWording } from '../kit/caller.ts'
import { fromDatabase } from '../kit/database-refusal.ts'
import { Refusal, type RefusalStyle } from '../kit/refusal.ts'

const STATUS = {
  validation_error: 400,
  invalid_workflow_transition: 400,
  template_validation_error: 400,
  business_rule_violation: 400,
  authentication_error: 401,
  sample_not_found: 404,
  barcode_not_found: 404,
  duplicate_barcode: 409,
  concurrent_modification: 409,
  resource_limit_exceeded: 429,
  database_error: 500,
  barcode_generation_error: 500,
  internal_error: 500,
  external_service_error: 502,
} as const

/** A documented error code. */
export type SampleCode = keyof typeof STATUS

/** A refusal with its documented status. */
export function refuse(code: SampleCode, message: string): Refusal {
  return new Refusal(STATUS[code], code, message)
}

/** The documented error body. */
function errorBody({ code, message }: Refusal): object {
  return { error: code, message, details: null, timestamp: new Date().toISOString(), request_id: null }
}

/** How sample words its refusals. */
export const sampleRefusals: RefusalStyle = {
  fromError: fromDatabase({
    unstorable: () => refuse('validation_error', 'A value cannot be stored'),
    failed: () => refuse('database_error', 'A database error occurred'),
    internal: () => refuse('internal_error', 'An internal error occurred'),
  }),
  body: (refusal) => (refusal.plain ? refusal.message : errorBody(refusal)),
}

/** How sample refuses who is not known. */
export const sampleWording: GuardWording = {
  unauthenticated: (message) => refuse('authentication_error', message),
  authUnavailable: (message) => refuse('external_service_error', message),
}
