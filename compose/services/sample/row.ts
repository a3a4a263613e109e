// A sample as stored and as answered.
import { STATUS_NAMES, type Status } from './status.ts'

/** A row of sample.samples; numerics arrive as text, so that no digit is lost on the way. */
export interface SampleRow {
  readonly id: string
  readonly name: string
  readonly barcode: string
  readonly sample_type: string
  readonly status: Status
  readonly template_id: string | null
  readonly source_type: string | null
  readonly source_identifier: string | null
  readonly collection_date: Date | null
  readonly collection_location: string | null
  readonly collector: string | null
  readonly concentration: string | null
  readonly volume: string | null
  readonly unit: string | null
  readonly quality_score: string | null
  readonly metadata: unknown
  readonly notes: string | null
  readonly created_at: Date
  readonly updated_at: Date
  readonly created_by: string | null
  readonly updated_by: string | null
}

/** The JSON form of a sample. */
export function sampleJson(row: SampleRow): object {
  return {
    id: row.id,
    name: row.name,
    barcode: row.barcode,
    sample_type: row.sample_type,
    status: STATUS_NAMES[row.status],
    template_id: row.template_id,
    source_type: row.source_type,
    source_identifier: row.source_identifier,
    collection_date: row.collection_date,
    collection_location: row.collection_location,
    collector: row.collector,
    concentration: decimal(row.concentration),
    volume: decimal(row.volume),
    unit: row.unit,
    quality_score: decimal(row.quality_score),
    metadata: row.metadata,
    notes: row.notes,
    created_at: row.created_at,
    updated_at: row.updated_at,
    created_by: row.created_by,
    updated_by: row.updated_by,
  }
}

/** A numeric column as a number. */
export function decimal(value: string | null): number | null {
  return value === null ? null : Number(value)
}
