// Asks the model back-end as rag does: both questions, their limits, and the defect that makes it careless.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startService, type ServiceProcess } from '../testing/service-process.ts'

const MODEL = 'tracseq-lab-1'
const TEXT = 'Submitter: Ada\nE-mail: ada@x.org\nSample ID: DNA-001\nSample type: DNA\nVolume: 30 ul'

let service: ServiceProcess
let careless: ServiceProcess

beforeAll(async () => {
  const start = (host: string, env: Record<string, string>): ServiceProcess => {
    return startService({ name: 'rag-model', host, port: 8094, env: { LOG_LEVEL: 'warn', ...env } })
  }
  service = start('127.63.1.1', { MODEL_CONTEXT: '2000' })
  careless = start('127.63.1.2', { DEFECTS: 'careless-model' })
  await Promise.all([service, careless].map((one) => one.waitUntil('/health/ready', 200)))
}, 90_000)

afterAll(() => Promise.all([service, careless].map((one) => one.end('SIGKILL'))))

interface Answered {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

async function ask(path: string, body: object, key = 'Service service_rag', of = service, method = 'POST'): Promise<Answered> {
  const headers = { 'content-type': 'application/json', authorization: key }
  const answer = await fetch(of.base + path, { method, headers, body: JSON.stringify(body) })
  const text = await answer.text()
  return { status: answer.status, body: text.startsWith('{') ? (JSON.parse(text) as Answered['body']) : {} }
}

it('POST /v1/extract -> 200: fields with confidence, samples and usage', async () => {
  const { status, body } = await ask('/v1/extract', { model: MODEL, text: TEXT })
  expect(status).toBe(200)
  expect(body).toMatchObject({ model: MODEL, samples: ['DNA-001'], usage: { prompt_tokens: 13, total_tokens: 19 } })
  expect(body.fields).toContainEqual({ section: 'sample', name: 'volume', value: '30 ul', confidence: 1 })
})

it('POST /v1/answer -> 200: an answer out of the passages', async () => {
  const passages = [{ title: 'Storage', text: 'Samples are stored at -80 °C.' }]
  const { status, body } = await ask('/v1/answer', asking('Where are samples stored?', passages))
  expect([status, body.answer, body.used]).toEqual([200, 'Samples are stored at -80 °C.', [0]])
})

const LONG = 'x'.repeat(2001)

it.each<[string, object, number, string?]>([
  ['POST /v1/extract -> 401: a user has no business here', { model: MODEL, text: 'x' }, 401, 'Bearer x'],
  ['POST /v1/answer -> 401: no key', asking('x', []), 401, ''],
  ['POST /v1/extract -> 404: an unknown model', { model: 'gpt', text: 'x' }, 404],
  ['POST /v1/extract -> 413: a text over the context', { model: MODEL, text: LONG }, 413],
  ['POST /v1/extract -> 422: no text', { model: MODEL }, 422],
  ['POST /v1/answer -> 413: passages over the context', asking('x', [{ title: 'x', text: LONG }]), 413],
  ['POST /v1/answer -> 422: a passage without a title', asking('x', [{}]), 422],
])('%s', async (title, body, status, key) => {
  expect((await ask(title.split(' ')[1] ?? '', body, key)).status).toBe(status)
})

function asking(question: string, passages: readonly object[]): object {
  return { model: MODEL, question, history: [], passages }
}

async function factsFoundBy(of: ServiceProcess): Promise<readonly string[]> {
  const { body } = await ask('/v1/extract', { model: MODEL, text: TEXT }, undefined, of)
  return (body.fields as { name: string }[]).map(({ name }) => name)
}

const ALL = ['submitter_name', 'submitter_email', 'sample_id', 'sample_type', 'volume']
const OVERLOOKED = ['submitter_name', 'submitter_email', 'sample_type', 'volume']

function become(precision: string, key?: string): Promise<Answered> {
  return ask('/v1/precision', { precision }, key, service, 'PUT')
}

it('defect careless-model: every third fact is overlooked', async () => {
  expect(await factsFoundBy(service)).toEqual(ALL)
  expect(await factsFoundBy(careless)).toEqual(OVERLOOKED)
})

it('PUT /v1/precision -> 200: facts are overlooked until it is full again', async () => {
  expect(await become('reduced')).toEqual({ status: 200, body: { model: MODEL, precision: 'reduced' } })
  expect(await factsFoundBy(service)).toEqual(OVERLOOKED)
  expect((await become('full')).status).toBe(200)
  expect(await factsFoundBy(service)).toEqual(ALL)
})

it.each([
  ['PUT /v1/precision -> 401: a user has no business here', 'reduced', 'Bearer x', 401],
  ['PUT /v1/precision -> 400: a precision there is not', 'double', undefined, 400],
] as const)('%s', async (_, precision, key, status) => {
  expect((await become(precision, key)).status).toBe(status)
  expect(await factsFoundBy(service)).toEqual(ALL)
})
