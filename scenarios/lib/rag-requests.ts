// What a laboratory asks of the RAG service through the gateway: documents to be read, and questions about them.
import { get, post } from './desk.ts'
import type { Desk } from './desk.ts'
import { aFilledList, aText, aUuid, granted, refused, textAt } from './expectation.ts'
import type { Expectation, Wanted } from './expectation.ts'
import type { Ask, TextFile } from './operation.ts'
import { randomHex } from './trace-context.ts'

/** A document and what can be read in it. */
export interface Document extends TextFile {
  readonly sampleId: string
  /** As found in the extraction. */
  readonly wanted: Wanted
}

const SUBMISSIONS = '/api/rag/submissions'

/** No two documents are about the same sample, or an answer could be taken from the other one. */
export function newSampleId(): string {
  const letters = Array.from(randomHex(2), (digit) => String.fromCharCode(65 + Number.parseInt(digit, 16))).join('')
  return `${letters}-${String(Number.parseInt(randomHex(4), 16)).padStart(8, '0').slice(-8)}`
}

/** A form with labels: all is found, and surely. */
export function formOf(key: string, sampleId: string): Document {
  const text = `Submitter: Ada Lovelace
E-mail: ada@readiness.example
Sample ID: ${sampleId}
Sample type: DNA
Concentration: 52.5 ng/ul
Volume: 30 ul
Storage: -80 C
`
  const sample = { 'extracted_data.sample.sample_id': sampleId, 'extracted_data.sample.volume': '30 ul' }
  const sure = { confidence_score: 1, 'extracted_data.confidence.sample_id': 1 }
  return { name: `${key}-form.txt`, text, sampleId, wanted: { samples_found: 1, ...sample, ...sure } }
}

/** A letter without labels: most is found, less surely. */
export function letterOf(key: string, sampleId: string): Document {
  const text = `Dear colleagues, we send ${sampleId} (rna, 20 ul at 15 ng/ul) and ask you to sequence it on a MiSeq.\n`
  const sample = { 'extracted_data.sample.sample_id': sampleId, 'extracted_data.sample.sample_type': 'RNA' }
  const unsure = { confidence_score: aDoubt, 'extracted_data.confidence.sample_id': 0.8 }
  return { name: `${key}-letter.txt`, text, sampleId, wanted: { samples_found: 1, ...sample, ...unsure } }
}

/** Stored when it is answered; read by then, or as soon as the model can. */
export function upload(desk: Desk, document: Document): Ask {
  const expect = granted({ success: true, submission_id: aUuid, status: aReadingStatus })
  return { op: 'rag.upload', ...sent(desk, document, expect) }
}

/** Bytes that are no text. */
export function uploadUnreadable(desk: Desk, name: string): Ask {
  const expect = refused(422, { success: false, error: 'unprocessable_document' })
  return { op: 'rag.upload-unreadable', ...sent(desk, { name, text: 'GIF89a\u0000\u0001' }, expect) }
}

export function look(desk: Desk, id: string): Ask {
  const expect = granted({ submission_id: id, status: aReadingStatus })
  return { op: 'rag.look', ...get(desk, `${SUBMISSIONS}/${id}`), expect }
}

/** The document has been read, and this is what it says. */
export function extraction(desk: Desk, id: string, { name, wanted }: Document): Ask {
  const read = { submission_id: id, source_document: name, status: 'completed', error_message: null }
  const expect = granted({ ...read, ...wanted })
  return { op: 'rag.extraction', ...get(desk, `${SUBMISSIONS}/${id}`), expect }
}

export function list(desk: Desk): Ask {
  const expect = granted({ submissions: aFilledList, 'submissions.0.submission_id': aUuid })
  return { op: 'rag.list', ...get(desk, '/api/submissions?page_size=10'), expect }
}

export function lookUnknown(desk: Desk, id: string): Ask {
  const expect = refused(404, { error: 'submission_not_found' })
  return { op: 'rag.look-unknown', ...get(desk, `${SUBMISSIONS}/${id}`), expect }
}

/** Answered from the very document that was brought. */
export function askAbout(desk: Desk, session: string, { name, sampleId }: Document): Ask {
  const found = { answer: mentions(sampleId), 'sources.0.title': name }
  return { op: 'rag.query', ...asked(desk, { query: `What do we know about ${sampleId}?`, session_id: session }, found) }
}

/** Answered from the laboratory's own guidelines. */
export function askGuidelines(desk: Desk, session: string): Ask {
  const query = 'At which temperature are samples stored for a long term?'
  return { op: 'rag.query-guidelines', ...asked(desk, { query, session_id: session }, { answer: aText }) }
}

export function isRead(body: unknown): boolean {
  return textAt(body, 'status') !== 'processing'
}

function sent({ baseUrl, token }: Desk, { name, text }: TextFile, expect: Expectation) {
  const write = { store: 'documents', key: name }
  return { method: 'POST', url: `${baseUrl}/api/rag/process`, token, file: { name, text }, expect, write } as const
}

interface Question {
  readonly query: string
  readonly session_id: string
}

function asked(desk: Desk, question: Question, wanted: Wanted) {
  const sound = { session_id: question.session_id, sources: aFilledList, confidence_score: aShare }
  return { ...post(desk, '/api/samples/rag/query', question), expect: granted({ ...sound, ...wanted }) }
}

function aReadingStatus(status: unknown): boolean {
  return status === 'completed' || status === 'processing'
}

function aShare(value: unknown): boolean {
  return typeof value === 'number' && value > 0 && value <= 1
}

function aDoubt(value: unknown): boolean {
  return aShare(value) && value !== 1
}

function mentions(word: string) {
  return function aTextAboutIt(value: unknown): boolean {
    return typeof value === 'string' && value.includes(word)
  }
}
