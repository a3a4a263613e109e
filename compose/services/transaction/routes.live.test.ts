// The contract of the other routes of the transaction service, and of what every route refuses.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fieldsOf } from './testing/look.ts'
import { startSagaSystem, submission, type SagaSystem } from './testing/saga-system.ts'

const PATH = '/api/v1/workflows/sample-submission'
const TRANSACTION = { name: 'n', transaction_type: 't', metadata: {}, context_data: {} }

let saga: SagaSystem

beforeAll(async () => {
  saga = await startSagaSystem('127.64.2')
  await saga.submit('DONE')
  saga.storage.play(() => ({ status: 409 }))
  await saga.submit('UNDONE')
  saga.reset()
})

afterAll(() => saga.stop())

function ID(): string {
  return randomUUID()
}

describe('a submission', () => {
  it.each<[number, string, object]>([
    [400, 'an empty barcode', { sample_data: { barcode: '', sample_type: 'DNA', submitter_id: ID(), lab_id: ID(), metadata: {} } }],
    [400, 'a priority over 255', { storage_requirements: { temperature_zone: 'freezer', priority: 256 } }],
    [400, 'a NUL in the metadata', { metadata: { a: '\0' } }],
    [422, 'no recipients', { notification_recipients: null }],
    [422, 'no metadata', { metadata: null }],
    [422, 'a submitter that is no uuid', { sample_data: { barcode: 'b', sample_type: 'DNA', submitter_id: 'me' } }],
  ])(`POST ${PATH} -> %i: %s`, async (status, _what, more) => {
    expect((await saga.submit('REFUSED', more)).status).toBe(status)
    expect(saga.calls()).toEqual([])
  })

  it(`POST ${PATH} -> 401: nobody calls`, async () => {
    const answer = await saga.call(`POST ${PATH}`, submission('REFUSED'))
    expect([answer.status, answer.code]).toEqual([401, 'authentication_error'])
    expect(saga.calls()).toEqual([])
  })
})

describe('transactions', () => {
  it('POST /api/v1/transactions -> 200: one without steps is completed when it is written down', async () => {
    const correlation_id = ID()
    const answer = await saga.call('POST /api/v1/transactions', { ...TRANSACTION, correlation_id }, saga.token)
    expect([answer.status, fieldsOf(answer)]).toMatchObject([200, { status: 'Completed', completed_steps: 0 }])
    const list = await saga.call(`GET /api/v1/transactions?correlation_id=${correlation_id}`, undefined, saga.token)
    expect(list.body).toMatchObject([{ saga_id: fieldsOf(answer).saga_id, correlation_id, progress: 100 }])
  })

  it.each<[number, string, unknown]>([
    [400, 'an empty name', { ...TRANSACTION, name: '' }],
    [400, 'no time at all', { ...TRANSACTION, timeout_ms: 0 }],
    [422, 'no context', { ...TRANSACTION, context_data: undefined }],
    [400, 'broken JSON', '{'],
  ])('POST /api/v1/transactions -> %i: %s', async (status, _what, body) => {
    expect((await saga.call('POST /api/v1/transactions', body, saga.token)).status).toBe(status)
  })

  it('DELETE /api/v1/transactions/:saga_id -> 409: a saga that has ended', async () => {
    const { saga_id } = fieldsOf(await saga.call('POST /api/v1/transactions', TRANSACTION, saga.token))
    const answer = await saga.call(`DELETE /api/v1/transactions/${String(saga_id)}`, undefined, saga.token)
    expect([answer.status, answer.code]).toEqual([409, 'not_cancellable'])
  })

  it.each([
    ['GET /api/v1/transactions?status=Completed', 200],
    ['GET /api/v1/transactions?status=done', 400],
    ['GET /api/v1/transactions?page_size=0', 400],
    ['GET /api/v1/transactions/no-uuid', 400],
    ['DELETE /api/v1/transactions/no-uuid', 400],
    [`GET /api/v1/transactions/${ID()}`, 404],
    [`DELETE /api/v1/transactions/${ID()}`, 404],
    ['PUT /api/v1/transactions', 405],
    ['GET /api/v1/nothing', 404],
  ])('%s -> %i', async (what, status) => {
    expect((await saga.call(what, undefined, saga.token)).status).toBe(status)
  })

  it.each([
    'POST /api/v1/transactions',
    'GET /api/v1/transactions',
    `GET /api/v1/transactions/${ID()}`,
    `DELETE /api/v1/transactions/${ID()}`,
    'POST /api/v1/workflows/enhanced',
    'GET /api/v1/workflows/enhanced/templates',
    'POST /api/v1/workflows/enhanced/ai-analyze',
    'GET /api/v1/metrics/coordinator',
  ])('%s -> 401: nobody calls', async (what) => {
    const answer = await saga.call(what)
    expect([answer.status, answer.code]).toEqual([401, 'authentication_error'])
  })
})

describe('enhanced workflows', () => {
  const wish = { workflow_type: 'dna', lab_context: { lab_id: 'l' }, sample_data: { sample_id: 's', sample_type: 'DNA' } }

  it('POST /api/v1/workflows/enhanced -> 200: two steps that ask nobody', async () => {
    const answer = await saga.call('POST /api/v1/workflows/enhanced', { ...TRANSACTION, ...wish }, saga.token)
    const done = { status: 'Completed', completed_steps: 2 }
    expect([answer.status, answer.body]).toMatchObject([200, { execution_result: done, generated_docs: [{}] }])
    expect(saga.calls()).toEqual([])
  })

  it('POST /api/v1/workflows/enhanced -> 422: no laboratory', async () => {
    const body = { ...TRANSACTION, ...wish, lab_context: undefined }
    expect((await saga.call('POST /api/v1/workflows/enhanced', body, saga.token)).status).toBe(422)
  })

  it('GET /api/v1/workflows/enhanced/templates -> 200: the two documented ones', async () => {
    const { body } = await saga.call('GET /api/v1/workflows/enhanced/templates', undefined, saga.token)
    expect(body).toMatchObject([{ template_id: 'standard_processing' }, { template_id: 'dna_extraction' }])
  })

  it('POST /api/v1/workflows/enhanced/ai-analyze -> 200: an analysis', async () => {
    const { status, body } = await saga.call('POST /api/v1/workflows/enhanced/ai-analyze', wish, saga.token)
    expect([status, body]).toMatchObject([200, { confidence: 0.87, recommendations: [{}, {}].map(() => expect.any(String) as string) }])
  })

  it('POST /api/v1/workflows/enhanced/ai-analyze -> 422: no sample', async () => {
    const body = { ...wish, sample_data: undefined }
    expect((await saga.call('POST /api/v1/workflows/enhanced/ai-analyze', body, saga.token)).status).toBe(422)
  })
})

describe('figures', () => {
  it('GET /api/v1/metrics/coordinator -> 200: counts what happened', async () => {
    const { body } = await saga.call('GET /api/v1/metrics/coordinator', undefined, saga.token)
    const figures = body as Record<string, number>
    expect(figures.completed_transactions).toBeGreaterThan(0)
    expect(figures.compensated_transactions).toBeGreaterThan(0)
    expect(figures.active_transactions).toBe(0)
    expect(figures.average_execution_time_ms).toBeGreaterThan(0)
  })

  it('GET /metrics -> 200: sagas by their ends, steps and compensations', async () => {
    const text = await (await fetch(`${saga.transaction().base}/metrics`)).text()
    expect(text).toMatch(/transaction_sagas_total\{service="transaction",status="Completed"\} [1-9]/)
    expect(text).toContain('transaction_active_sagas{service="transaction"} 0')
    expect(text).toMatch(/transaction_step_duration_seconds_count\{service="transaction",step="assign_storage",result="failed"\} [1-9]/)
    const undone = 'compensation="delete_sample_compensation",result="completed"'
    expect(text).toMatch(new RegExp(`transaction_compensation_attempts_total\\{service="transaction",${undone}\\} [1-9]`))
  })

  it('GET /health -> 200', async () => {
    expect(await (await fetch(`${saga.transaction().base}/health`)).json()).toMatchObject({ status: 'healthy' })
  })

  it('GET /health/detailed -> 200: degraded, for the event service is away', async () => {
    const answer = await fetch(`${saga.transaction().base}/health/detailed`)
    expect([answer.status, await answer.json()]).toMatchObject([
      200,
      {
        status: 'degraded',
        active_transactions: 0,
        dependencies: { sample_service: { status: 'healthy' }, event_service: { status: 'unhealthy' } },
      },
    ])
  })

  it('GET /health/ready -> 503: a saga cannot be completed without the sample service', async () => {
    await saga.transaction().waitUntil('/health/ready', 200)
    process.kill(saga.system.service.pid, 'SIGSTOP')
    await saga.transaction().waitUntil('/health/ready', 503)
    process.kill(saga.system.service.pid, 'SIGCONT')
    await saga.transaction().waitUntil('/health/ready', 200)
  }, 20_000)
})
