// The transaction service's refusals. The original answered with bare status codes; a caller needs to know why.
import type { GuardWording } from '../kit/caller.ts'
import { fromDatabase } from '../kit/database-refusal.ts'
import { Refusal, type RefusalStyle } from '../kit/refusal.ts'

const STATUS = {
  validation_error: 400,
  authentication_error: 401,
  transaction_not_found: 404,
  not_cancellable: 409,
  database_error: 500,
  internal_error: 500,
  external_service_error: 502,
  too_many_transactions: 503,
} as const

/** A refusal's code. */
export type TransactionCode = keyof typeof STATUS

/** A refusal with its status. */
export function refuse(code: TransactionCode, message: string): Refusal {
  return new Refusal(STATUS[code], code, message)
}

/** How transaction words its refusals. */
export const transactionRefusals: RefusalStyle = {
  fromError: fromDatabase({
    unstorable: () => refuse('validation_error', 'A value cannot be stored'),
    failed: () => refuse('database_error', 'A database error occurred'),
    internal: () => refuse('internal_error', 'An internal error occurred'),
  }),
  body: ({ plain, code, message }) => {
    return plain ? message : { error: code, message, timestamp: new Date().toISOString() }
  },
}

/** How transaction refuses who is not known. */
export const transactionWording: GuardWording = {
  unauthenticated: (message) => refuse('authentication_error', message),
  authUnavailable: (message) => refuse('external_service_error', message),
}
