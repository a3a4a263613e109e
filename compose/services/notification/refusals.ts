// The notification service's refusals: code, message, whether trying again may help, and when.
import type { GuardWording } from '../kit/caller.ts'
import { DatabaseUnavailable, refusedByServer } from '../kit/pool.ts'
import { Refusal, type RefusalStyle } from '../kit/refusal.ts'

const STATUS = {
  VALIDATION_ERROR: 400,
  TEMPLATE_ERROR: 400,
  AUTHENTICATION_FAILED: 401,
  NOT_FOUND: 404,
  NOTIFICATION_NOT_FOUND: 404,
  TEMPLATE_NOT_FOUND: 404,
  CHANNEL_NOT_FOUND: 404,
  SUBSCRIPTION_NOT_FOUND: 404,
  CONFLICT: 409,
  LIMIT_EXCEEDED: 429,
  INTERNAL_ERROR: 500,
  AUTH_UNAVAILABLE: 502,
  DATABASE_ERROR: 503,
} as const

/** An error code. */
export type NotificationCode = keyof typeof STATUS

/** What a later attempt may change. */
const RETRYABLE = new Set<string>(['LIMIT_EXCEEDED', 'INTERNAL_ERROR', 'AUTH_UNAVAILABLE', 'DATABASE_ERROR'])

/** A refusal with its status. */
export function refuse(code: NotificationCode, message: string): Refusal {
  return new Refusal(STATUS[code], code, message)
}

/** How notification words its refusals. */
export const notificationRefusals: RefusalStyle = {
  fromError: (error) => {
    if (error instanceof DatabaseUnavailable) return refuse('DATABASE_ERROR', 'The database does not answer')
    if (refusedByServer(error)) {
      const { code = '' } = error
      if (code === '23505') return refuse('CONFLICT', 'Something with this name exists already')
      if (code === '23503') return refuse('CONFLICT', 'Something else needs this, or this needs something that is gone')
      // Class 22: the value cannot be stored, such as a NUL character inside the metadata.
      if (code.startsWith('22')) return refuse('VALIDATION_ERROR', 'A value cannot be stored')
    }
    return refuse('INTERNAL_ERROR', 'An internal error occurred')
  },
  body: ({ plain, code, message }) => {
    const retryable = RETRYABLE.has(code)
    return plain ? message : { error: { code, message, retryable, timestamp: new Date().toISOString() } }
  },
}

/** How it refuses who is not known. */
export const notificationWording: GuardWording = {
  unauthenticated: (message) => refuse('AUTHENTICATION_FAILED', message),
  authUnavailable: (message) => refuse('AUTH_UNAVAILABLE', message),
}
