// RAG and its model: measured and counted, silent, gone and back; what was acknowledged outlives all of it.
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { clientOf } from '../testing/client.ts'
import { FORM, startRag, type RagSystem } from './testing/rag-system.ts'

const OF_MODEL = '{model="tracseq-lab-1"'
const TIMEOUTS = 'rag_processing_timeouts_total{service="rag"}'

let rag: RagSystem

beforeAll(async () => {
  rag = await startRag('127.63.3')
}, 90_000)

afterAll(() => rag.stop())

function accuracy(): Promise<number> {
  return rag.metric(`ai_model_accuracy${OF_MODEL}}`)
}

async function waiting(): Promise<string[]> {
  const sql = `select id from rag.documents where status = 'processing'`
  const rows = await rag.system.postgres.read<{ id: string }>(sql)
  return rows.map(({ id }) => id)
}

it('what the model does is measured, counted and timed', async () => {
  await rag.send(FORM)
  await rag.ask('Where are samples stored?')
  await vi.waitFor(async () => expect(await accuracy()).toBeGreaterThan(0.95), 5000)
  expect(await rag.metric(`llm_requests_total${OF_MODEL},service="rag"}`)).toBeGreaterThan(7)
  expect(await rag.metric(`llm_tokens_used_total${OF_MODEL},service="rag"}`)).toBeGreaterThan(50)
  expect(await rag.metric(`model_inference_duration_seconds_count${OF_MODEL}}`)).toBeGreaterThan(7)
  expect(await rag.metric('document_processing_duration_seconds_count{document_type="text"}')).toBe(1)
  expect(await rag.metric('rag_retrieval_duration_seconds_count{index="documents"}')).toBe(1)
  expect(await rag.metric(TIMEOUTS)).toBe(0)
})

it('POST /api/rag/process -> 202: a silent model delays the first, and no further one waits for it', async () => {
  rag.gate.swallow()
  const first = await rag.send(FORM)
  expect(first).toMatchObject({ status: 202, body: { success: true, status: 'processing', samples_found: 0 } })
  const started = performance.now()
  const next = await rag.send(FORM)
  expect([next.status, performance.now() - started < 300]).toEqual([202, true])
  expect(await rag.metric(TIMEOUTS)).toBeGreaterThan(0)
  expect((await fetch(`${rag.system.service.base}/health/ready`)).status).toBe(200)
  const { body } = await rag.get('/api/rag/submissions')
  expect(body).toMatchObject({ processing: 2 })
})

it('POST /api/samples/rag/query -> 504: a silent model', async () => {
  const answer = await rag.ask('Is anybody there?')
  expect([answer.status, answer.code]).toEqual([504, 'model_timeout'])
})

it('POST /api/rag/process -> 503: more documents than may wait', async () => {
  expect((await rag.send(FORM)).status).toBe(202)
  expect(await rag.send(FORM)).toMatchObject({ status: 503, body: { success: false, error: 'queue_full' } })
})

it('documents that waited are processed when the model speaks again', async () => {
  const ids = await waiting()
  expect(ids).toHaveLength(3)
  rag.gate.open()
  for (const id of ids) await rag.settled(id)
  const sql = `select count(*)::int as n from rag.outbox where event_type = 'document.information_extracted'`
  expect(await rag.system.postgres.read(sql)).toEqual([{ n: 4 }])
})

it('POST /api/samples/rag/query -> 503: a model that is gone, whose accuracy is unknown until it is back', async () => {
  await rag.model.end('SIGKILL')
  const answer = await rag.ask('Is anybody there?')
  expect([answer.status, answer.code]).toEqual([503, 'model_unavailable'])
  await vi.waitFor(async () => expect(await accuracy()).toBeNaN(), { timeout: 8000, interval: 200 })
  const { status, body } = await rag.send(FORM)
  expect(status).toBe(202)
  rag.startModel()
  await rag.settled(body.submission_id)
  await vi.waitFor(async () => expect(await accuracy()).toBeGreaterThan(0.95), { timeout: 20_000, interval: 200 })
})

it('documents that were acknowledged, and one caught in the act, outlive the service', async () => {
  rag.gate.swallow()
  const caught = rag.send(FORM).catch(() => undefined)
  await vi.waitFor(async () => expect(await waiting()).toHaveLength(1), { timeout: 2000, interval: 20 })
  const { status } = await rag.send(FORM)
  expect(status).toBe(202)
  const ids = await waiting()
  await rag.system.service.end('SIGKILL')
  await caught
  rag.gate.open()
  const again = rag.system.more({ name: 'rag', port: 8086, env: rag.env }, '127.63.3.3')
  await again.waitUntil('/health/ready', 200)
  expect(ids).toHaveLength(2)
  for (const id of ids) await rag.settled(id)
})

it('the shipped defects: errors are told in the body only, and what is acknowledged is not stored', async () => {
  const env = { ...rag.env, DEFECTS: 'errors-as-200,memory-only-intake' }
  const shipped = rag.system.more({ name: 'rag', port: 8086, env }, '127.63.3.10')
  await shipped.waitUntil('/health/ready', 200)
  const { token } = rag.system.user
  const missing = await clientOf(shipped.base)('GET /api/rag/submissions/RAG-001', undefined, token)
  expect([missing.status, missing.code]).toEqual([200, 'submission_not_found'])
  const { status, body } = await rag.send(FORM, '/upload', shipped.base)
  expect([status, body.samples_found]).toEqual([200, 1])
  expect((await rag.get(`/api/rag/submissions/${body.submission_id}`)).status).toBe(404)
})
