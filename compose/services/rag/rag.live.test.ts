// The contract of the RAG service: documents, submissions and questions, and who may bring and ask them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FORM, startRag, type RagSystem } from './testing/rag-system.ts'

let rag: RagSystem

beforeAll(async () => {
  rag = await startRag('127.63.2')
}, 90_000)

afterAll(() => rag.stop())

describe('documents', () => {
  const paths = ['/api/rag/process', '/upload', '/process-document']
  it.each(paths)('POST %s -> 200: what the document says', async (path) => {
    const { status, body } = await rag.send(FORM, path)
    expect(status).toBe(200)
    expect(body).toMatchObject({ success: true, confidence_score: 1, samples_found: 1, status: 'completed' })
    expect(body).toMatchObject({ message: 'Document processed successfully', processing_time: expect.any(Number) })
    const sample = { sample_id: 'DNA-77001', sample_type: 'DNA', concentration: '5 ng/ul', volume: '30 ul' }
    expect(body.extracted_data).toMatchObject({ administrative: { submitter_name: 'Ada' }, sample })
  })

  it('POST /api/rag/process -> 200: a document without a sample has a low score', async () => {
    const { body } = await rag.send('Dear all, lunch is at noon.')
    expect(body).toMatchObject({ confidence_score: 0, samples_found: 0 })
    expect(body.message).toBe('Document processed but no complete sample information found')
  })

  it('POST /api/rag/process -> 422: bytes that are no text, and no file at all', async () => {
    const binary = await rag.send(new Uint8Array([0xff, 0xfe]))
    const detail = 'Unable to process file. Please upload a text file.'
    expect(binary).toEqual({ status: 422, body: { success: false, error: 'unprocessable_document', detail } })
    expect((await rag.system.call('POST /upload', {}, rag.system.user.token)).status).toBe(422)
  })

  it('POST /upload -> 413: a document over the body limit', async () => {
    expect((await rag.send('x'.repeat(2_200_000), '/upload')).status).toBe(413)
  })

  it('each tells of itself in the order of things', async () => {
    const { body } = await rag.send(FORM)
    const sql = 'select event_type from rag.outbox where subject = $1 order by id'
    const events = await rag.system.postgres.read<{ event_type: string }>(sql, [body.submission_id])
    const types = ['document.uploaded', 'document.processing_completed', 'document.information_extracted']
    expect(events.map(({ event_type }) => event_type)).toEqual(types)
  })
})

describe('submissions', () => {
  it('GET /api/submissions -> 200: newest first, in pages', async () => {
    const { body: sent } = await rag.send(FORM)
    const { body } = await rag.get('/api/submissions?page_size=1')
    expect(body).toMatchObject({ submissions: [{ id: sent.submission_id }], total: expect.any(Number) })
    expect((body as { total: number }).total).toBeGreaterThan(1)
  })

  it('GET /api/rag/submissions -> 200: with counts', async () => {
    const { body } = await rag.get('/api/rag/submissions')
    const { submissions, data, totalCount, completed } = body as Record<string, number | object[]>
    expect([data, completed]).toEqual([submissions, totalCount])
    expect(body).toMatchObject({ processing: 0, failed: 0 })
  })

  it('GET /api/rag/submissions/:id -> 200: one', async () => {
    const { body: sent } = await rag.send(FORM)
    const { body } = await rag.get(`/api/rag/submissions/${sent.submission_id}`)
    const wanted = { source_document: 'form.txt', submitter_email: 'ada@x.org', sample_type: 'DNA' }
    expect(body).toMatchObject({ submission_id: sent.submission_id, ...wanted, status: 'completed' })
  })

  it.each([
    ['GET /api/rag/submissions/:id -> 404: none', '/api/rag/submissions/RAG-001', 404],
    ['GET /api/submissions -> 400: a page that is none', '/api/submissions?page=0', 400],
    ['GET /api/rag/submissions -> 400: a page too long', '/api/rag/submissions?page_size=1000', 400],
  ])('%s', async (_title, path, status) => {
    expect((await rag.get(path)).status).toBe(status)
  })
})

describe('questions', () => {
  it('POST /api/samples/rag/query -> 200: answered from the guidelines, with sources', async () => {
    const { status, body } = await rag.ask('At which temperature are samples stored for a long term?', 's1')
    expect([status, body]).toMatchObject([200, { session_id: 's1', processing_time: expect.any(Number) }])
    const { answer, sources, confidence_score } = body as Record<string, object>
    expect(answer).toContain('-80 °C for long-term storage')
    expect(sources).toContainEqual({ title: 'Sample Storage Guidelines', relevance: expect.any(Number) })
    expect(confidence_score).toBeGreaterThan(0.5)
  })

  it('POST /api/samples/rag/query -> 200: a session remembers, other users and sessions do not', async () => {
    await rag.send('Sample ID: QX-31337\nVolume: 77 ul\nThe viscosity was odd.')
    expect((await rag.ask('What do we know about QX-31337?', 'talk')).body).toMatchObject({ session_id: 'talk' })
    const follow = async (session: string, token = rag.system.user.token) => {
      return ((await rag.ask('And what was its viscosity like?', session, token)).body as { answer: string }).answer
    }
    expect(await follow('talk')).toContain('QX-31337')
    expect(await follow('another')).not.toContain('QX-31337')
    expect(await follow('talk', (await rag.system.userOf('guest')).token)).not.toContain('QX-31337')
  })

  it('POST /api/samples/rag/query -> 200: says when nothing is known, in the default session', async () => {
    const { body } = await rag.ask('Zweiundvierzig?')
    expect(body).toMatchObject({ session_id: 'default', confidence_score: 0, sources: [] })
  })

  it.each([
    ['POST /api/samples/rag/query -> 400: an empty question', { query: '' }, 400],
    ['POST /api/samples/rag/query -> 422: none', {}, 422],
    ['POST /api/samples/rag/query -> 422: a session that is no text', { query: 'x', session_id: 1 }, 422],
  ])('%s', async (_title, body, status) => {
    expect((await rag.system.call('POST /api/samples/rag/query', body, rag.system.user.token)).status).toBe(status)
  })
})

describe('callers', () => {
  it.each([
    'GET /', 'POST /api/rag/process', 'POST /upload', 'POST /process-document', 'POST /api/samples/rag/query',
    'GET /api/submissions', 'GET /api/rag/submissions', 'GET /api/rag/submissions/:id',
  ])('%s -> 401: nobody', async (route) => {
    const answer = await rag.system.call(route)
    expect([answer.status, answer.code]).toEqual([401, 'authentication_error'])
  })

  it('GET / -> 200: what this is', async () => {
    expect((await rag.get('/')).body).toMatchObject({ service: 'Enhanced RAG Service', health: '/api/v1/health' })
  })

  it('GET /api/v1/health -> 200: without a token', async () => {
    expect((await rag.system.call('GET /api/v1/health')).body).toMatchObject({ status: 'healthy' })
  })
})

