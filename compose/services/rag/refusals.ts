// The RAG service's refusals: `success` is false, as its documents promise, and the status says so too.
import type { GuardWording } from '../kit/caller.ts'
import { DatabaseUnavailable, refusedByServer } from '../kit/pool.ts'
import { Refusal, type RefusalStyle } from '../kit/refusal.ts'

const STATUS = {
  validation_error: 400,
  authentication_error: 401,
  submission_not_found: 404,
  unprocessable_document: 422,
  database_error: 500,
  internal_error: 500,
  auth_unavailable: 503,
  model_unavailable: 503,
  queue_full: 503,
  model_timeout: 504,
} as const

/** An error code of the RAG service. */
export type RagCode = keyof typeof STATUS

/** A refusal with its status. */
export function refuse(code: RagCode, message: string): Refusal {
  return new Refusal(STATUS[code], code, message)
}

/** How RAG words its refusals; those of a request's form have only the `detail` of its framework. */
export const ragRefusals: RefusalStyle = {
  fromError: (error) => {
    const database = error instanceof DatabaseUnavailable || refusedByServer(error)
    if (database) return refuse('database_error', 'A database error occurred')
    return refuse('internal_error', 'An internal error occurred')
  },
  body: ({ plain, status, code, message }) => {
    if (plain) return { detail: message === '' && status === 404 ? 'Not Found' : message }
    return { success: false, error: code, detail: message }
  },
}

/** How RAG refuses who is not known. */
export const ragWording: GuardWording = {
  unauthenticated: (message) => refuse('authentication_error', message),
  authUnavailable: (message) => refuse('auth_unavailable', message),
  open: ['/api/v1/health'],
}
