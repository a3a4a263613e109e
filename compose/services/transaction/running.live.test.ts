// Sagas while they run: seen at once, cancelled, over time, too many, answered before their end, and traced.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { eventsOf, fieldsOf, runningSaga, sampleOf, workOf } from './testing/look.ts'
import { startSagaSystem, type SagaSystem } from './testing/saga-system.ts'

const PATH = '/api/v1/workflows/sample-submission'

let saga: SagaSystem
let number = 0

beforeAll(async () => {
  saga = await startSagaSystem('127.64.3', { MAX_CONCURRENT_SAGAS: '3', ANSWER_WITHIN: '3s' })
})

afterAll(() => saga.stop())
beforeEach(() => saga.reset())

function barcode(): string {
  number += 1
  return `RUNNING-${number}`
}

describe('a running saga', () => {
  it('GET /api/v1/transactions/:saga_id -> 200: shows a running saga at once, step by step', async () => {
    saga.storage.play(() => 'hold')
    const answer = saga.submit(barcode(), { timeout_ms: 1500 })
    await vi.waitFor(() => expect(saga.storage.seen).toHaveLength(1), 3000)
    const id = await runningSaga(saga)
    const { body } = await saga.call(`GET /api/v1/transactions/${id}`, undefined, saga.token)
    expect(body).toMatchObject({ status: 'Executing', current_step: 'assign_storage', progress: 50, total_steps: 4 })
    const steps = (body as { steps: { status: string }[] }).steps.map(({ status }) => status)
    expect(steps).toEqual(['completed', 'completed', 'executing', 'pending'])
    saga.storage.play(() => 'pass')
    await answer
    const { compensations } = await saga.ended(id)
    expect((compensations as { name: string; status: string }[]).map(({ name, status }) => `${name} ${status}`)).toEqual([
      'release_storage_compensation skipped',
      'reverse_validation_compensation completed',
      'delete_sample_compensation completed',
    ])
  })

  it('DELETE /api/v1/transactions/:saga_id -> 200: the saga stops after the step at hand and is undone', async () => {
    const code = barcode()
    let passes = (): void => undefined
    const gate = new Promise<void>((resolve) => (passes = resolve))
    saga.sample.playLater(({ what }) => (what.endsWith('/validate') ? gate : undefined))
    const answer = saga.submit(code)
    await vi.waitFor(() => expect(saga.sample.seen).toHaveLength(2), 3000)
    const id = await runningSaga(saga)
    const cancelled = await saga.call(`DELETE /api/v1/transactions/${id}`, undefined, saga.token)
    const message = 'Transaction cancelled successfully'
    expect([cancelled.status, cancelled.body]).toEqual([200, { message, saga_id: id }])
    passes()
    expect(fieldsOf(await answer)).toMatchObject({ status: 'Cancelled', completed_steps: 2, compensation_executed: true })
    expect(saga.storage.seen).toEqual([])
    expect((await sampleOf(saga, code))?.status).toBe('deleted')
    expect(await eventsOf(saga, id)).toEqual(['transaction.started', 'transaction.cancelled'])
  })

  it(`POST ${PATH} -> 200: TimedOut, and undone, when its own time is over`, async () => {
    const code = barcode()
    saga.storage.play(({ what }) => (what.endsWith('assign') ? 'swallow' : 'pass'))
    const result = fieldsOf(await saga.submit(code, { timeout_ms: 1000 }))
    expect(result).toMatchObject({ status: 'TimedOut', failed_step: 'assign_storage', compensation_executed: true })
    expect(String(result.error_message)).toMatch(/^not done in time: storage did not answer/)
    expect(await workOf(saga, result.saga_id)).toMatchObject({ positions: 1, held: 0 })
    expect((await sampleOf(saga, code))?.status).toBe('deleted')
  })

  it(`POST ${PATH} -> 202: a saga that takes longer goes on, and is undone as soon as that is possible`, async () => {
    const code = barcode()
    saga.storage.play(() => ({ status: 409 }))
    saga.sample.play(({ what }) => (what.startsWith('DELETE') ? 'drop' : 'pass'))
    const answer = await saga.submit(code)
    expect([answer.status, fieldsOf(answer).status]).toEqual([202, 'Compensating'])
    saga.sample.play(() => 'pass')
    const ended = await saga.ended(String(fieldsOf(answer).saga_id))
    expect(ended.status).toBe('Compensated')
    expect((await sampleOf(saga, code))?.status).toBe('deleted')
  })

  it(`POST ${PATH} -> 503: more transactions than allowed at once`, async () => {
    saga.storage.play(({ what }) => (what.endsWith('assign') ? 'hold' : 'pass'))
    const running = Array.from({ length: 3 }, () => saga.submit(barcode(), { timeout_ms: 1500 }))
    await vi.waitFor(() => expect(saga.storage.seen).toHaveLength(3), 3000)
    const refused = await saga.submit(barcode())
    expect([refused.status, refused.code]).toEqual([503, 'too_many_transactions'])
    expect(refused.headers.get('retry-after')).toBe('1')
    const ends = (await Promise.all(running)).map((answer) => fieldsOf(answer).status)
    expect(ends).toEqual(['TimedOut', 'TimedOut', 'TimedOut'])
    saga.reset()
    expect((await saga.submit(barcode(), { notification_recipients: [] })).status).toBe(200)
  }, 20_000)
})

it('a saga shows as one trace through all services', async () => {
  const { traceId } = await saga.submit(barcode())
  await vi.waitFor(() => {
    const names = saga.system.otlp.trace(traceId).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['saga sample-submission', 'saga POST storage', 'POST /samples']))
  }, 3000)
})
