// A document as stored and as answered.
import type { DocumentType } from './document-type.ts'
import type { ExtractedData } from './extraction.ts'

/** What is told of a document, in a row of rag.documents. */
export interface Submission {
  readonly id: string
  readonly filename: string
  readonly document_type: DocumentType
  readonly status: 'processing' | 'completed' | 'failed'
  readonly extracted_data: Partial<ExtractedData>
  readonly confidence_score: number
  readonly samples_found: number
  readonly error: string | null
  readonly created_at: Date
  readonly processed_at: Date | null
}

/** The columns of a Submission; a document's content is long and nobody's business but the model's. */
export const SUBMISSION = `id, filename, document_type, status, extracted_data, confidence_score, samples_found, error,
  created_at, processed_at`

/** A document that somebody has undertaken to process; `attempts` tells this undertaking from later ones. */
export interface ClaimedDocument extends Submission {
  readonly content: string
  readonly attempts: number
  readonly context: Readonly<Record<string, string>>
}

/** The JSON form of a submission. */
export function submissionJson(row: Submission): object {
  const { administrative, sample } = row.extracted_data
  return {
    id: row.id,
    submission_id: row.id,
    source_document: row.filename,
    submitter_name: administrative?.submitter_name ?? null,
    submitter_email: administrative?.submitter_email ?? null,
    sample_type: sample?.sample_type ?? null,
    confidence_score: row.confidence_score,
    samples_found: row.samples_found,
    status: row.status,
    error_message: row.error,
    created_at: row.created_at,
    processing_time: processingSeconds(row),
    extracted_data: row.extracted_data,
  }
}

/** Seconds from intake to result; null while there is none. */
export function processingSeconds({ created_at, processed_at }: Submission): number | null {
  return processed_at === null ? null : (processed_at.getTime() - created_at.getTime()) / 1000
}
