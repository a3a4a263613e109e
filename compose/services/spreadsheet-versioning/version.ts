// A version of a spreadsheet: as stored and answered, and as a client brings it.
import { createHash } from 'node:crypto'
import { mistyped, type JsonObject } from '../kit/fields.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import { parseGrid, SEPARATORS, type Grid } from './grid.ts'
import { refuse } from './refusals.ts'
import type { VersioningSettings } from './settings.ts'

/** A version's status: a draft stands beside the line of versions, active and archived ones make it up. */
export type VersionStatus = 'Draft' | 'Active' | 'Archived' | 'Deleted'

/** A version, in a row of spreadsheet_versioning.versions; its grid is read only where it is needed. */
export interface Version {
  readonly id: string
  readonly spreadsheet_id: string
  readonly version_number: number
  readonly version_tag: string | null
  readonly status: VersionStatus
  readonly is_branch: boolean
  readonly parent_version_id: string | null
  readonly name: string
  readonly filename: string
  readonly original_filename: string
  readonly file_type: string
  readonly file_size: number
  readonly file_hash: string
  readonly changes_summary: string | null
  readonly change_count: number
  readonly created_by: string
  readonly created_at: Date
  readonly updated_at: Date
  readonly metadata: JsonObject
}

/** The columns of a Version. */
export const VERSION = `id, spreadsheet_id, version_number, version_tag, status, is_branch, parent_version_id, name,
  filename, original_filename, file_type, file_size, file_hash, changes_summary, change_count, created_by, created_at,
  updated_at, metadata`

/** What a new version is made of. */
export interface VersionDraft {
  readonly version_tag: string | null
  readonly parent_version_id: string | null
  readonly is_branch: boolean
  readonly name: string
  readonly filename: string
  readonly original_filename: string
  readonly file_type: string
  readonly file_size: number
  readonly file_hash: string
  readonly changes_summary: string | null
  readonly metadata: JsonObject
  readonly grid: Grid
}

/** Reads a version to be created; `draft: true` puts it beside the line of versions. */
export function readVersion(body: JsonObject, settings: VersioningSettings): VersionDraft {
  const fields = typedFieldsOf(body)
  const filename = fields.text('filename', { min: 1, max: 255 })
  const file_type = fields.text('file_type', { min: 1, max: 20 }).toLowerCase()
  const described = {
    version_tag: fields.optionalText('version_tag', { max: 100 }),
    parent_version_id: fields.optionalUuid('parent_version_id'),
    is_branch: fields.optionalFlag('draft'),
    name: fields.text('name', { min: 1, max: 255 }),
    filename,
    original_filename: fields.optionalText('original_filename', { min: 1, max: 255 }) ?? filename,
    changes_summary: fields.optionalText('changes_summary', { max: 2000 }),
    metadata: fields.optionalObject('metadata') ?? {},
  }
  fields.done('validation_error')
  const bytes = fileOf(body.file_data)
  if (bytes.byteLength > settings.maxFileSizeMb * 1024 * 1024) {
    throw refuse('file_processing_error', `A file may have at most ${settings.maxFileSizeMb} MB`)
  }
  const file = { file_type, file_size: bytes.byteLength, file_hash: hashOf(bytes) }
  return { ...described, ...file, grid: gridOf(bytes, file_type) }
}

/** A file comes as a list of its bytes; its text is understood as well. */
function fileOf(data: unknown): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, 'utf8')
  const isByte = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255
  if (!Array.isArray(data) || !data.every(isByte)) throw mistyped('file_data: a list of bytes is needed')
  return Uint8Array.from(data as number[])
}

/** SHA-256, in hexadecimal digits. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function gridOf(bytes: Uint8Array, type: string): Grid {
  const separator = Object.hasOwn(SEPARATORS, type) ? SEPARATORS[type] : undefined
  if (separator === undefined) throw refuse('file_processing_error', `Files of type '${type}' cannot be read`)
  return parseGrid(textOf(bytes), separator)
}

function textOf(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    // Postgres could not keep it.
    if (!text.includes('\0')) return text
  } catch {
    // Told below, as the NUL is.
  }
  throw refuse('file_processing_error', 'The file is no UTF-8 text')
}
