// The auth service's refusals, with the codes and the error body its documents promise.
import { refusedByServer, DatabaseUnavailable } from '../kit/pool.ts'
import { Refusal, type RefusalStyle } from '../kit/refusal.ts'

const STATUS = {
  VALIDATION_ERROR: 400,
  INVALID_CREDENTIALS: 401,
  AUTHENTICATION_FAILED: 401,
  TOKEN_INVALID: 401,
  JWT_ERROR: 401,
  ACCOUNT_LOCKED: 403,
  ACCOUNT_NOT_VERIFIED: 403,
  ACCOUNT_DISABLED: 403,
  AUTHORIZATION_FAILED: 403,
  USER_NOT_FOUND: 404,
  SESSION_NOT_FOUND: 404,
  USER_ALREADY_EXISTS: 409,
  DATABASE_ERROR: 500,
  INTERNAL_SERVER_ERROR: 500,
  FEATURE_DISABLED: 501,
} as const

/** A documented error code. */
export type AuthCode = keyof typeof STATUS

/** A refusal with its documented status. */
export function refuse(code: AuthCode, message: string): Refusal {
  return new Refusal(STATUS[code], code, message)
}

/** How auth words its refusals. */
export const authRefusals: RefusalStyle = {
  fromError: (error) => {
    const database = error instanceof DatabaseUnavailable || refusedByServer(error)
    if (database) return refuse('DATABASE_ERROR', 'A database error occurred')
    return refuse('INTERNAL_SERVER_ERROR', 'An internal error occurred')
  },
  body: ({ plain, code, message }) => {
    return plain ? message : { error: { code, message, timestamp: new Date().toISOString() } }
  },
}
