// The QA/QC service's refusals, with the codes and the error body its documents promise.
import type { GuardWording } from '../kit/caller.ts'
import { DatabaseUnavailable, refusedByServer } from '../kit/pool.ts'
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
  fromError: (error) => {
    // Class 22: the value cannot be stored, such as a NUL character inside the metadata.
    if (refusedByServer(error) && error.code?.startsWith('22') === true) {
      return refuse('VALIDATION_ERROR', 'A value cannot be stored')
    }
    const database = error instanceof DatabaseUnavailable || refusedByServer(error)
    if (database) return refuse('DATABASE_ERROR', 'Database error occurred')
    return refuse('INTERNAL_ERROR', 'Internal server error')
  },
  body: ({ plain, code, message, status }) => (plain ? message : { error: { code, message, status } }),
}

/** How QA/QC refuses who is not known. */
export const qaqcWording: GuardWording = {
  unauthenticated: (message) => refuse('AUTH_ERROR', message),
  authUnavailable: (message) => refuse('EXTERNAL_SERVICE_ERROR', message),
}
