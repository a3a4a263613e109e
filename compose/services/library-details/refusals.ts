// The library details service's refusals, with the codes and the error body its documents promise.
import { NOBODY, type GuardWording } from '../kit/caller.ts'
import { DatabaseUnavailable, refusedByServer } from '../kit/pool.ts'
import { Refusal, type RefusalStyle } from '../kit/refusal.ts'
import { SERVICE_ROLE } from '../kit/roles.ts'
import type { LibrarySettings } from './settings.ts'

const STATUS = {
  VALIDATION_ERROR: 400,
  PROTOCOL_VALIDATION_FAILED: 400,
  INSUFFICIENT_CONCENTRATION: 400,
  AUTHENTICATION_FAILED: 401,
  LIBRARY_NOT_FOUND: 404,
  PROTOCOL_NOT_FOUND: 404,
  KIT_NOT_FOUND: 404,
  PLATFORM_NOT_FOUND: 404,
  QC_FAILED: 422,
  DATABASE_ERROR: 500,
  HTTP_CLIENT_ERROR: 500,
  INTERNAL_ERROR: 500,
} as const

/** A documented error code. */
export type LibraryCode = keyof typeof STATUS

/** A refusal with its documented status. */
export function refuse(code: LibraryCode, message: string): Refusal {
  return new Refusal(STATUS[code], code, message)
}

/** A reference to something that does not exist. */
const FOREIGN_KEY = '23503'

/** How library details words its refusals. */
export const libraryRefusals: RefusalStyle = {
  fromError: (error) => {
    if (error instanceof DatabaseUnavailable) return refuse('DATABASE_ERROR', 'Internal server error')
    if (!refusedByServer(error)) return refuse('INTERNAL_ERROR', 'An internal error occurred')
    if (error.code === FOREIGN_KEY) return refuse('VALIDATION_ERROR', `Unknown reference: ${error.detail ?? ''}`)
    // Class 22: the value cannot be stored, such as a NUL character inside the metadata.
    if (error.code?.startsWith('22') === true) return refuse('VALIDATION_ERROR', 'A value cannot be stored')
    return refuse('DATABASE_ERROR', 'Internal server error')
  },
  body: ({ plain, code, message }) => {
    return plain ? message : { error: { code, message, timestamp: new Date().toISOString() } }
  },
}

/** How library details refuses who is not known; who shows an API key is as good as a service. */
export function libraryWording({ apiKeys, skipAuth }: LibrarySettings): GuardWording {
  const keys = new Set<unknown>(apiKeys)
  return {
    unauthenticated: (message) => refuse('AUTHENTICATION_FAILED', message),
    authUnavailable: (message) => refuse('HTTP_CLIENT_ERROR', message),
    known: ({ headers }) => {
      return skipAuth || keys.has(headers['x-api-key']) ? { userId: NOBODY, role: SERVICE_ROLE } : undefined
    },
  }
}
