// What a document must be read as, and from where a question must be answered.
import { expect, test } from 'vitest'
import { judge } from './expectation.ts'
import { askAbout, extraction, formOf, isRead, letterOf, upload } from './rag-requests.ts'

const DESK = { baseUrl: 'http://gateway', token: 't' }
const ID = '0b9e2c3a-4d5e-4f60-8a7b-9c0d1e2f3a4b'
const FORM = formOf('k1', 'ABCD-00000001')

function good(wanted: ReturnType<typeof upload>['expect'], body: unknown): boolean {
  return judge(wanted, { status: 200, body, error: '' }).good
}

test('a document is known by its name, and says which sample it is about', () => {
  expect(upload(DESK, FORM)).toMatchObject({ file: { name: FORM.name, text: FORM.text }, write: { store: 'documents', key: 'k1-form.txt' } })
  expect([FORM.text, letterOf('k1', 'ABCD-00000002').text].map((text) => /[A-Z]{4}-\d{8}/.exec(text)?.[0])).toEqual([
    'ABCD-00000001',
    'ABCD-00000002',
  ])
})

test.each([
  ['completed', true, true],
  ['processing', true, false],
  ['failed', false, true],
])('a document that is %s: well taken is %s, read is %s', (status, taken, read) => {
  const body = { success: true, submission_id: ID, status }
  expect([good(upload(DESK, FORM).expect, body), isRead(body)]).toEqual([taken, read])
})

test.each([
  ['as it is', {}, true],
  ['with another sample', { sample: { sample_id: 'ABCD-00000009', volume: '30 ul' } }, false],
  ['with doubts', { confidence: { sample_id: 0.8 } }, false],
])('a form read %s', (_, more, holds) => {
  const extracted_data = { sample: { sample_id: FORM.sampleId, volume: '30 ul' }, confidence: { sample_id: 1 }, ...more }
  const told = { submission_id: ID, source_document: FORM.name, status: 'completed', error_message: null }
  const body = { ...told, samples_found: 1, confidence_score: 1, extracted_data }
  expect(good(extraction(DESK, ID, FORM).expect, body)).toBe(holds)
})

test('an answer must name the sample and come from its document', () => {
  const answer = { session_id: 's', confidence_score: 0.5, answer: 'It says ABCD-00000001.', sources: [{ title: FORM.name }] }
  const wanted = askAbout(DESK, 's', FORM).expect
  expect(good(wanted, answer)).toBe(true)
  expect(good(wanted, { ...answer, answer: 'It says EFGH-00000001.' })).toBe(false)
  expect(good(wanted, { ...answer, sources: [{ title: 'Guidelines' }] })).toBe(false)
})
