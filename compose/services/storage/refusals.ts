// The storage service's refusals, in the error body its documents promise; the code is for the logs.
import type { GuardWording } from '../kit/caller.ts'
import { fromDatabase } from '../kit/database-refusal.ts'
import { Refusal, type RefusalStyle } from '../kit/refusal.ts'

const STATUS = {
  validation: 400,
  unauthorized: 401,
  not_found: 404,
  conflict: 409,
  capacity_exceeded: 409,
  database: 500,
  internal: 500,
  not_implemented: 501,
  external_service: 502,
} as const

/** Why a request is refused. */
export type StorageCode = keyof typeof STATUS

/** A refusal with its status; the message is what the client reads. */
export function refuse(code: StorageCode, message: string): Refusal {
  return new Refusal(STATUS[code], code, message)
}

/** How storage words its refusals. */
export const storageRefusals: RefusalStyle = {
  fromError: fromDatabase({
    unstorable: () => refuse('validation', 'A value cannot be stored'),
    failed: () => refuse('database', 'Database error occurred'),
    internal: () => refuse('internal', 'Internal server error'),
  }),
  body: ({ plain, message }) => (plain ? message : { error: message, timestamp: new Date().toISOString() }),
}

/** How storage refuses who is not known. */
export const storageWording: GuardWording = {
  unauthenticated: (message) => refuse('unauthorized', message),
  authUnavailable: (message) => refuse('external_service', message),
}
