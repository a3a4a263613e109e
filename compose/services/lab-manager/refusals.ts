// The lab manager's own refusals; what a service refuses is passed on in that service's words.
import type { GuardWording } from '../kit/caller.ts'
import type { HttpFailure } from '../kit/http-call.ts'
import { DatabaseUnavailable, refusedByServer } from '../kit/pool.ts'
import { Refusal, type RefusalStyle } from '../kit/refusal.ts'

const STATUS = {
  VALIDATION_FAILED: 400,
  AUTHENTICATION_FAILED: 401,
  SERVICE_NOT_FOUND: 404,
  DATABASE_ERROR: 500,
  INTERNAL_ERROR: 500,
  REQUEST_FAILED: 502,
  SERVICE_UNAVAILABLE: 503,
  REQUEST_TIMEOUT: 504,
} as const

/** A refusal's code. */
export type LabManagerCode = keyof typeof STATUS

/** A refusal with its status. */
export function refuse(code: LabManagerCode, message: string): Refusal {
  return new Refusal(STATUS[code], code, message)
}

/** What a service that does not answer comes to. */
export const FAILURES: Readonly<Record<HttpFailure, LabManagerCode>> = {
  connect: 'SERVICE_UNAVAILABLE',
  timeout: 'REQUEST_TIMEOUT',
  broken: 'REQUEST_FAILED',
}

/** How the lab manager words its refusals. */
export const labManagerRefusals: RefusalStyle = {
  fromError: (error) => {
    const database = error instanceof DatabaseUnavailable || refusedByServer(error)
    if (database) return refuse('DATABASE_ERROR', 'A database error occurred')
    return refuse('INTERNAL_ERROR', 'An internal error occurred')
  },
  body: ({ plain, code, message }) => (plain ? message : { error: { code, message } }),
}

/** How the lab manager refuses who is not known; logging in and registering need nobody. */
export const labManagerWording: GuardWording = {
  unauthenticated: (message) => refuse('AUTHENTICATION_FAILED', message),
  authUnavailable: (message) => refuse('REQUEST_FAILED', message),
  open: ['/api/auth/login', '/api/auth/register'],
}
