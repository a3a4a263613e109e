// The QA/QC service's refusals, with the codes and the error body its documents promise.
import type { GuardWording } from '../kit/caller.ts'
import { fromDatabase } from '../kit/database-refusal.ts'
import { Refusal, type RefusalStyle } from '../kit/refusal.ts'

const STATUS = {
  VALIDATION_ERROR: 400,
  AUTH_ERROR: 401,
  NOT_FOUND: 404,
  CONFLICT: 409,
  DATABASE_ERROR: 500,
  INTERNAL_ERROR: 500,
  EXTERNAL_SERVICE_ERROR: 502,
} as const

/** A documented error code. */
export type QaqcCode = keyof typeof STATUS

/** A refusal with its documented status. */
export function refuse(code: QaqcCode, message: string): Refusal {
  return new Refusal(STATUS[code], code, message)
}

/** How QA/QC words its refusals. */
export const qaqcRefusals: RefusalStyle = {
  fromError: fromDatabase({
    unstorable: () => refuse('VALIDATION_ERROR', 'A value cannot be stored'),
    failed: () => refuse('DATABASE_ERROR', 'Database error occurred'),
    internal: () => refuse('INTERNAL_ERROR', 'Internal server error'),
  }),
  body: ({ plain, code, message, status }) => (plain ? message : { error: { code, message, status } }),
}

/** How QA/QC refuses who is not known. */
export const qaqcWording: GuardWording = {
  unauthenticated: (message) => refuse('AUTH_ERROR', message),
  authUnavailable: (message) => refuse('EXTERNAL_SERVICE_ERROR', message),
}
