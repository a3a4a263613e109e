// A library: what clients say of it, how it is stored, and how it is answered.
import type { JsonObject } from '../kit/fields.ts'
import { typedFieldsOf, type TypedFields } from '../kit/typed-fields.ts'
import type { Content, Shelf } from './shelf.ts'
import { STATUS_NAMES, statusNamed, type Status } from './status.ts'

/** Where libraries are stored. */
export const LIBRARIES: Shelf = {
  table: 'library_details.libraries',
  columns: [
    'name',
    'sample_id',
    'library_type',
    'concentration',
    'volume',
    'fragment_size_min',
    'fragment_size_max',
    'preparation_protocol_id',
    'preparation_date',
    'barcode',
    'adapter_sequence',
    'quality_score',
    'status',
    'metadata',
  ],
  missing: 'LIBRARY_NOT_FOUND',
  what: 'Library',
}

/** A row of the libraries. */
export interface LibraryRow {
  readonly id: string
  readonly name: string
  readonly concentration: number | null
  readonly volume: number | null
  readonly fragment_size_min: number | null
  readonly fragment_size_max: number | null
  readonly quality_score: number | null
  readonly status: Status
  readonly [column: string]: unknown
}

/** The JSON form of a library. */
export function libraryJson(row: LibraryRow): object {
  return { ...row, status: STATUS_NAMES[row.status] }
}

/** No amount is greater; it keeps what JSON cannot say out of the database. */
const MAX = 1e12

/** Reads a library to be created. */
export function readLibrary(body: JsonObject): Content {
  const fields = typedFieldsOf(body)
  const content = {
    name: fields.text('name', { min: 1, max: 255 }),
    library_type: fields.text('library_type', { min: 1, max: 50 }),
    ...details(fields, body),
    quality_score: null,
    status: 'pending',
  }
  checkSizes(fields, content)
  fields.done('VALIDATION_ERROR')
  return content
}

/** Reads an update of `row`: absent and null fields stay as they are. */
export function readLibraryUpdate(body: JsonObject, row: LibraryRow): Content {
  const fields = typedFieldsOf(body)
  const wanted = {
    name: fields.optionalText('name', { min: 1, max: 255 }),
    library_type: fields.optionalText('library_type', { min: 1, max: 50 }),
    ...details(fields, body),
    status: status(fields),
  }
  const changes = Object.entries(wanted).filter(([, value]) => value !== null)
  const content = { ...row, ...Object.fromEntries(changes) }
  checkSizes(fields, content)
  fields.done('VALIDATION_ERROR')
  return content
}

function details(fields: TypedFields, body: JsonObject) {
  const size = { min: 0, max: 1_000_000_000 }
  return {
    sample_id: fields.optionalUuid('sample_id'),
    concentration: fields.optionalNumber('concentration', { min: 0, max: MAX }),
    volume: fields.optionalNumber('volume', { min: 0, max: MAX }),
    fragment_size_min: fields.optionalWhole('fragment_size_min', size),
    fragment_size_max: fields.optionalWhole('fragment_size_max', size),
    preparation_protocol_id: fields.optionalUuid('preparation_protocol_id'),
    preparation_date: fields.optionalMoment('preparation_date'),
    barcode: fields.optionalText('barcode', { min: 1, max: 100 }),
    adapter_sequence: fields.optionalText('adapter_sequence', { max: 1000 }),
    metadata: body.metadata ?? null,
  }
}

function status(fields: TypedFields): Status | null {
  const name = fields.optionalWord('status', Object.values(STATUS_NAMES))
  return name === null ? null : (statusNamed(name) ?? null)
}

function checkSizes(fields: TypedFields, content: Pick<LibraryRow, 'fragment_size_min' | 'fragment_size_max'>): void {
  const { fragment_size_min: min, fragment_size_max: max } = content
  if (min !== null && max !== null && min > max) fields.problem('fragment_size_min must not be above fragment_size_max')
}
