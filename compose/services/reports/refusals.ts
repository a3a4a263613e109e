// The reports service's refusals; its documents show only successes, with `success: true`, so these say false.
import type { GuardWording } from '../kit/caller.ts'
import { fromDatabase } from '../kit/database-refusal.ts'
import { Refusal, type RefusalStyle } from '../kit/refusal.ts'

const STATUS = {
  validation_error: 400,
  authentication_error: 401,
  report_not_found: 404,
  report_not_ready: 409,
  database_error: 500,
  internal_error: 500,
  external_service_error: 502,
  queue_full: 503,
} as const

/** An error code of the reports service. */
export type ReportsCode = keyof typeof STATUS

/** A refusal with its status. */
export function refuse(code: ReportsCode, message: string): Refusal {
  return new Refusal(STATUS[code], code, message)
}

/** How reports words its refusals. */
export const reportsRefusals: RefusalStyle = {
  fromError: fromDatabase({
    unstorable: () => refuse('validation_error', 'A value cannot be stored'),
    failed: () => refuse('database_error', 'A database error occurred'),
    internal: () => refuse('internal_error', 'An internal error occurred'),
  }),
  body: ({ plain, code, message }) => (plain ? message : { success: false, error: code, message }),
}

/** How reports refuses who is not known. */
export const reportsWording: GuardWording = {
  unauthenticated: (message) => refuse('authentication_error', message),
  authUnavailable: (message) => refuse('external_service_error', message),
}
