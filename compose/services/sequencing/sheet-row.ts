// A sample sheet as stored and as answered.
import type { Platform } from './platforms.ts'

/** The states of a sheet. Changed after its validation it is a draft again. */
export const SHEET_STATUSES = ['draft', 'validated', 'invalid', 'archived'] as const

/** One line of a sheet. */
export interface SheetSample {
  readonly sample_id: string
  readonly sample_name: string
  readonly sample_plate: string | null
  readonly sample_well: string | null
  readonly index1: string
  readonly index2: string | null
  readonly project: string
  readonly description: string | null
}

/** What the latest validation found. */
export interface SheetValidation {
  readonly is_valid: boolean
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
  readonly validated_at: string
  readonly validated_by: string
}

/** A row of sequencing.sample_sheets. */
export interface SheetRow {
  readonly id: string
  readonly name: string
  readonly platform_id: Platform
  readonly version: string
  readonly status: (typeof SHEET_STATUSES)[number]
  readonly samples_data: readonly SheetSample[]
  readonly metadata: unknown
  readonly validation: SheetValidation | null
  readonly created_by: string
  readonly created_at: Date
  readonly updated_at: Date
}

/** The JSON form of a sheet; its samples are counted, and listed where one sheet is asked for. */
export function sheetJson(row: Omit<SheetRow, 'samples_data'> & { readonly sample_count: number }): object {
  return {
    id: row.id,
    name: row.name,
    platform_id: row.platform_id,
    version: row.version,
    status: row.status,
    sample_count: row.sample_count,
    validation_errors: row.validation?.errors ?? null,
    metadata: row.metadata,
    created_by: row.created_by,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}

/** The JSON form of a sheet whose samples are at hand. */
export function wholeSheetJson(row: SheetRow): object {
  return sheetJson({ ...row, sample_count: row.samples_data.length })
}
