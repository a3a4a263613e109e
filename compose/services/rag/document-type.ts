// Sorts documents by the ending of their name; the kinds are few, for they label a metric.

/** All kinds of documents. */
export const DOCUMENT_TYPES = ['text', 'csv', 'json', 'markdown', 'pdf', 'word', 'other'] as const

/** A kind of document. */
export type DocumentType = (typeof DOCUMENT_TYPES)[number]

const ENDINGS: Readonly<Record<string, DocumentType>> = {
  txt: 'text',
  csv: 'csv',
  json: 'json',
  md: 'markdown',
  pdf: 'pdf',
  doc: 'word',
  docx: 'word',
}

/** The kind of a document with this name. */
export function documentType(filename: string): DocumentType {
  const ending = /\.([a-z]{2,4})$/i.exec(filename)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(ENDINGS, ending) ? (ENDINGS[ending] ?? 'other') : 'other'
}
