// The spreadsheet versioning service's refusals, with the codes and the error body its documents promise.
import type { GuardWording } from '../kit/caller.ts'
import { DatabaseUnavailable, refusedByServer } from '../kit/pool.ts'
import { Refusal, type RefusalStyle } from '../kit/refusal.ts'

/** Status and message of every documented code; what exactly is wrong stands in the details. */
const CODES = {
  validation_error: [400, 'Validation failed'],
  file_processing_error: [400, 'File processing failed'],
  max_versions_exceeded: [400, 'Maximum versions exceeded'],
  conflict_resolution_error: [400, 'Conflict resolution failed'],
  unauthorized: [401, 'Unauthorized access'],
  version_not_found: [404, 'Version not found'],
  spreadsheet_not_found: [404, 'Spreadsheet not found'],
  conflict_not_found: [404, 'Conflict not found'],
  version_already_exists: [409, 'Version already exists'],
  merge_conflict: [409, 'Merge conflict detected'],
  database_error: [500, 'Database operation failed'],
  internal_error: [500, 'Internal server error'],
  auth_unavailable: [503, 'Callers cannot be identified'],
  database_connection_error: [503, 'Database connection failed'],
} as const

/** A documented error code. */
export type VersioningCode = keyof typeof CODES

/** A refusal with its documented status; `details` say what exactly is wrong. */
export function refuse(code: VersioningCode, details: string): Refusal {
  return new Refusal(CODES[code][0], code, details)
}

function errorBody({ code, message }: Refusal): object {
  const wording = Object.hasOwn(CODES, code) ? CODES[code as VersioningCode][1] : message
  return { error: code, message: wording, details: { error_details: message }, timestamp: new Date().toISOString() }
}

/** How spreadsheet versioning words its refusals. */
export const versioningRefusals: RefusalStyle = {
  fromError: (error) => {
    if (error instanceof DatabaseUnavailable) return refuse('database_connection_error', 'The database did not answer')
    if (!refusedByServer(error)) return refuse('internal_error', 'An internal error occurred')
    // Class 22: the value cannot be stored, such as a NUL character inside the metadata.
    if (error.code?.startsWith('22') === true) return refuse('validation_error', 'A value cannot be stored')
    return refuse('database_error', 'A database error occurred')
  },
  body: (refusal) => (refusal.plain ? refusal.message : errorBody(refusal)),
}

/** How spreadsheet versioning refuses who is not known. */
export const versioningWording: GuardWording = {
  unauthenticated: (message) => refuse('unauthorized', message),
  authUnavailable: (message) => refuse('auth_unavailable', message),
}
