// The contract of a sample submission: what the saga does to the other services, and how it ends.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DONE, eventsOf, fieldsOf, sampleOf, workOf } from './testing/look.ts'
import { startSagaSystem, type SagaSystem } from './testing/saga-system.ts'

const PATH = '/api/v1/workflows/sample-submission'
const FORWARD = [
  'POST /samples',
  'POST /samples/:id/validate',
  'PUT /samples/:id/status',
  'POST /api/v1/storage/assign',
  'POST /api/v1/notifications/send',
]

let saga: SagaSystem
let number = 0

beforeAll(async () => {
  saga = await startSagaSystem('127.64.1')
})

afterAll(() => saga.stop())
beforeEach(() => saga.reset())

function barcode(): string {
  number += 1
  return `SAGA-${number}`
}

describe('a submission', () => {
  it(`POST ${PATH} -> 200: all steps are done in order, each under the id of the saga and for its user`, async () => {
    const code = barcode()
    const answer = await saga.submit(code)
    const result = fieldsOf(answer)
    expect(answer.status).toBe(200)
    const end = { status: 'Completed', completed_steps: 4, failed_step: null, error_message: null }
    expect(result).toMatchObject({ ...end, compensation_executed: false, execution_time_ms: expect.any(Number) as number })
    expect(saga.calls()).toEqual(FORWARD)
    const seen = [saga.sample, saga.storage, saga.notification].flatMap((gate) => gate.seen)
    expect(new Set(seen.map(({ headers }) => headers['x-transaction-id']))).toEqual(new Set([result.saga_id]))
    expect(new Set(seen.map(({ headers }) => headers['x-user-id']))).toEqual(new Set([saga.system.user.id]))
    expect(await sampleOf(saga, code)).toEqual({ status: 'validated', history: ['validated'], transaction: result.saga_id })
    expect(await workOf(saga, result.saga_id)).toEqual(DONE)
    expect(await eventsOf(saga, result.saga_id)).toEqual(['transaction.started', 'transaction.completed'])
  })

  it(`POST ${PATH} -> 200: Failed, when the first step is refused and nothing is to be undone`, async () => {
    const taken = barcode()
    const first = fieldsOf(await saga.submit(taken))
    saga.reset()
    const second = fieldsOf(await saga.submit(taken))
    expect(second).toMatchObject({ status: 'Failed', completed_steps: 0, failed_step: 'create_sample' })
    expect(second).toMatchObject({ error_message: `the barcode ${taken} is taken`, compensation_executed: false })
    expect(saga.calls()).toEqual(['POST /samples', `GET /samples/barcode/${taken}`])
    expect(await sampleOf(saga, taken)).toMatchObject({ status: 'validated', transaction: first.saga_id })
    expect(await eventsOf(saga, second.saga_id)).toEqual(['transaction.started', 'transaction.failed'])
  })

  it(`POST ${PATH} -> 200: Compensated, and only what ran is undone, newest first`, async () => {
    const code = barcode()
    saga.storage.play(() => ({ status: 409, body: { error: 'no position is free' } }))
    const result = fieldsOf(await saga.submit(code))
    const why = { failed_step: 'assign_storage', error_message: 'storage answered 409: no position is free' }
    expect(result).toMatchObject({ status: 'Compensated', completed_steps: 2, compensation_executed: true, ...why })
    expect(saga.calls().slice(3)).toEqual([
      'POST /api/v1/storage/assign',
      'PUT /samples/:id/status',
      'DELETE /samples/:id',
    ])
    expect(await sampleOf(saga, code)).toMatchObject({ status: 'deleted', history: ['validated', 'rejected', 'deleted'] })
  })

  it(`POST ${PATH} -> 200: a service that is away is asked three times, then everything is undone`, async () => {
    const code = barcode()
    saga.notification.play(({ what }) => (what.endsWith('send') ? 'drop' : 'pass'))
    const result = fieldsOf(await saga.submit(code))
    expect(result).toMatchObject({ status: 'Compensated', failed_step: 'send_notification', completed_steps: 3 })
    expect(saga.calls().slice(4)).toEqual([
      ...Array.from({ length: 3 }, () => 'POST /api/v1/notifications/send'),
      'POST /api/v1/notifications/cancel',
      'POST /api/v1/storage/release',
      'PUT /samples/:id/status',
      'DELETE /samples/:id',
    ])
    expect(await workOf(saga, result.saga_id)).toEqual({ positions: 1, held: 0, notifications: 0, standing: 0 })
    expect((await sampleOf(saga, code))?.status).toBe('deleted')
  })

  it(`POST ${PATH} -> 200: an answer that got lost leads to no second position, sample or notification`, async () => {
    const code = barcode()
    const lost = new Set<string>()
    const loseFirst = ({ what }: { what: string }) => {
      if (lost.has(what) || what.startsWith('GET')) return 'pass' as const
      lost.add(what)
      return 'lose' as const
    }
    for (const gate of [saga.sample, saga.storage, saga.notification]) gate.play(loseFirst)
    const result = fieldsOf(await saga.submit(code))
    expect(result).toMatchObject({ status: 'Completed', completed_steps: 4 })
    expect(await workOf(saga, result.saga_id)).toEqual(DONE)
    expect(await sampleOf(saga, code)).toMatchObject({ status: 'validated', history: ['validated'] })
  })

  it(`POST ${PATH} -> 200: an invalid sample is not stored`, async () => {
    const code = barcode()
    const verdict = { success: false, data: { error_message: 'volume is zero' } }
    saga.sample.play(({ what }) => (what.endsWith('/validate') ? { status: 200, body: verdict } : 'pass'))
    const result = fieldsOf(await saga.submit(code))
    expect(result).toMatchObject({ status: 'Compensated', error_message: 'the sample is not valid: volume is zero' })
    expect(saga.storage.seen).toEqual([])
    expect((await sampleOf(saga, code))?.history).toEqual(['deleted'])
  })

  it(`POST ${PATH} -> 200: nobody to tell, nothing to send`, async () => {
    const result = fieldsOf(await saga.submit(barcode(), { notification_recipients: [] }))
    expect(result.status).toBe('Completed')
    expect(saga.notification.seen).toEqual([])
  })

  it(`POST ${PATH} -> 200: a sample that never arrived is made known before it is forgotten`, async () => {
    const code = barcode()
    let attempts = 0
    saga.sample.play(({ what }) => (what === 'POST /samples' && (attempts += 1) <= 3 ? 'drop' : 'pass'))
    const result = fieldsOf(await saga.submit(code))
    expect(result).toMatchObject({ status: 'Compensated', failed_step: 'create_sample', completed_steps: 0 })
    expect(saga.calls().slice(3)).toEqual(['POST /samples', 'DELETE /samples/:id'])
    expect((await sampleOf(saga, code))?.status).toBe('deleted')
  })

  it(`POST ${PATH} -> 200: what cannot be undone is told, after five clear refusals`, async () => {
    saga.storage.play(({ what }) => ({ status: what.endsWith('assign') ? 409 : 200 }))
    saga.sample.play(({ what }) => (what.startsWith('DELETE') ? { status: 400, body: { message: 'in use' } } : 'pass'))
    const answer = await saga.submit(barcode())
    const ended = await saga.ended(String(fieldsOf(answer).saga_id))
    const error_message = 'storage answered 409; not undone: delete_sample_compensation: sample answered 400: in use'
    expect(ended).toMatchObject({ status: 'Failed', error_message })
    expect(saga.calls().filter((what) => what.startsWith('DELETE'))).toHaveLength(5)
  })
})
