// The template service's refusals: bare status codes, as documented; the code is for the logs alone.
import type { GuardWording } from '../kit/caller.ts'
import { fromDatabase } from '../kit/database-refusal.ts'
import { Refusal, type RefusalStyle } from '../kit/refusal.ts'

const STATUS = {
  bad_id: 400,
  bad_query: 400,
  bad_value: 400,
  bad_file: 400,
  unauthenticated: 401,
  template_not_found: 404,
  field_not_found: 404,
  file_not_found: 404,
  duplicate_field: 409,
  too_many_fields: 409,
  database_error: 500,
  internal_error: 500,
  auth_unavailable: 502,
} as const

/** Why a request is refused. */
export type TemplateCode = keyof typeof STATUS

/** A refusal with its status. */
export function refuse(code: TemplateCode, message: string): Refusal {
  return new Refusal(STATUS[code], code, message)
}

/** Broken limits are listed as plain text, like any other rejection of a body's form: a bare 400 would help nobody. */
export const BROKEN_LIMITS = ''

/** How template words its refusals. */
export const templateRefusals: RefusalStyle = {
  fromError: fromDatabase({
    unstorable: () => refuse('bad_value', 'A value cannot be stored'),
    failed: () => refuse('database_error', 'A database error occurred'),
    internal: () => refuse('internal_error', 'An internal error occurred'),
  }),
  body: ({ plain, message }) => (plain ? message : ''),
}

/** How template refuses who is not known. */
export const templateWording: GuardWording = {
  unauthenticated: (message) => refuse('unauthenticated', message),
  authUnavailable: (message) => refuse('auth_unavailable', message),
}
