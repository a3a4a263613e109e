// The sequencing service's refusals, in the error body of its documents; the code is for the logs.
import type { GuardWording } from '../kit/caller.ts'
import { fromDatabase } from '../kit/database-refusal.ts'
import { Refusal, type RefusalStyle } from '../kit/refusal.ts'

const STATUS = {
  validation: 400,
  invalid_transition: 400,
  invalid_operation: 400,
  authentication: 401,
  not_found: 404,
  in_use: 409,
  conflict: 409,
  database: 500,
  internal: 500,
  external_service: 502,
} as const

/** Why a request is refused. */
export type SequencingCode = keyof typeof STATUS

/** A refusal with its status; the message is what the client reads. */
export function refuse(code: SequencingCode, message: string): Refusal {
  return new Refusal(STATUS[code], code, message)
}

/** How sequencing words its refusals. */
export const sequencingRefusals: RefusalStyle = {
  fromError: fromDatabase({
    unstorable: () => refuse('validation', 'Validation error: a value cannot be stored'),
    failed: () => refuse('database', 'A database error occurred'),
    internal: () => refuse('internal', 'An internal error occurred'),
  }),
  body: ({ plain, message }) => (plain ? message : { error: { message, timestamp: new Date().toISOString() } }),
}

/** How sequencing refuses who is not known. */
export const sequencingWording: GuardWording = {
  unauthenticated: (message) => refuse('authentication', message),
  authUnavailable: (message) => refuse('external_service', message),
}
