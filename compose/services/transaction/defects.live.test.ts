// The shipped defects of the transaction service, each switched on alone, and the difference it makes.
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { Answer } from '../testing/client.ts'
import { fieldsOf, runningSaga, sampleOf, workOf } from './testing/look.ts'
import { startSagaSystem, submission, type SagaSystem } from './testing/saga-system.ts'

let saga: SagaSystem
let number = 0

beforeAll(async () => {
  saga = await startSagaSystem('127.64.5', { DEFECTS: 'saga-trusts-any-answer' })
})

afterAll(() => saga.stop())
beforeEach(() => saga.reset())

function barcode(): string {
  number += 1
  return `DEFECT-${number}`
}

function submitted(code: string): Promise<Answer | undefined> {
  return saga.submit(code).catch(() => undefined)
}

async function statusOf(id: unknown): Promise<Answer> {
  return saga.call(`GET /api/v1/transactions/${String(id)}`, undefined, saga.token)
}

it('saga-trusts-any-answer: a 500 counts as success', async () => {
  saga.storage.play(() => ({ status: 500 }))
  const result = fieldsOf(await saga.submit(barcode()))
  expect(result).toMatchObject({ status: 'Completed', completed_steps: 4 })
  expect((await workOf(saga, result.saga_id)).positions).toBe(0)
})

it('saga-uses-random-ids: the sample that was created is neither validated nor deleted', async () => {
  await saga.restart({ DEFECTS: 'saga-uses-random-ids' })
  const code = barcode()
  const { status } = fieldsOf(await saga.submit(code))
  expect([status, await sampleOf(saga, code)]).toMatchObject(['Failed', { status: 'pending', history: [] }])
})

it('saga-undoes-everything: steps that never ran are undone too', async () => {
  await saga.restart({ DEFECTS: 'saga-undoes-everything' })
  saga.storage.play(({ what }) => (what.endsWith('/assign') ? { status: 409 } : 'pass'))
  await saga.submit(barcode())
  expect(saga.calls().slice(4)).toEqual([
    'POST /api/v1/notifications/cancel',
    'POST /api/v1/storage/release',
    'PUT /samples/:id/status',
    'DELETE /samples/:id',
  ])
})

it('saga-gives-up-undoing: a service that is away for a moment leaves half a saga', async () => {
  await saga.restart({ DEFECTS: 'saga-gives-up-undoing' })
  const code = barcode()
  saga.storage.play(() => ({ status: 409 }))
  saga.sample.play(({ what }) => (what.startsWith('DELETE') ? 'drop' : 'pass'))
  const { status, error_message } = fieldsOf(await saga.submit(code))
  expect([status, String(error_message)]).toEqual(['Failed', expect.stringContaining('not undone') as string])
  saga.reset()
  expect(await sampleOf(saga, code)).toMatchObject({ status: 'rejected' })
})

it('saga-never-times-out: a saga waits for ever, whatever its own time', async () => {
  await saga.restart({ DEFECTS: 'saga-never-times-out', ASSIGN_STORAGE_TIMEOUT: '100ms', ANSWER_WITHIN: '1s' })
  saga.storage.play(() => 'hold')
  const answer = await saga.submit(barcode(), { timeout_ms: 300 })
  expect([answer.status, fieldsOf(answer).status]).toEqual([202, 'Executing'])
})

it('saga-status-blocks: nobody learns anything before a saga has ended', async () => {
  await saga.restart({ DEFECTS: 'saga-status-blocks' })
  saga.storage.play(() => 'hold')
  const answer = saga.submit(barcode())
  await vi.waitFor(() => expect(saga.storage.kept()).toBe(1), 10_000)
  const headers = { authorization: `Bearer ${saga.token}` }
  const url = `${saga.transaction().base}/api/v1/transactions`
  await expect(fetch(url, { headers, signal: AbortSignal.timeout(700) })).rejects.toThrow('timeout')
  saga.storage.play(() => 'pass')
  saga.storage.release()
  expect(fieldsOf(await answer).status).toBe('Completed')
  expect((await fetch(url, { headers })).status).toBe(200)
})

it('saga-forgets: a saga that has ended is unknown, and one that was cut off is lost with all it did', async () => {
  await saga.restart({ DEFECTS: 'saga-forgets' })
  expect((await statusOf(fieldsOf(await saga.submit(barcode())).saga_id)).status).toBe(404)
  const code = barcode()
  saga.storage.play(() => 'hold')
  const answer = submitted(code)
  await vi.waitFor(() => expect(saga.storage.kept()).toBe(1), 10_000)
  const id = await runningSaga(saga)
  await saga.restart({ DEFECTS: 'saga-forgets' })
  await answer
  expect((await statusOf(id)).status).toBe(404)
  expect(await sampleOf(saga, code)).toMatchObject({ status: 'validated', transaction: id })
})

it('no-authentication: everybody may submit', async () => {
  await saga.restart({ DEFECTS: 'no-authentication' })
  const answer = await saga.call('POST /api/v1/workflows/sample-submission', submission(barcode()))
  expect([answer.status, fieldsOf(answer).status]).toEqual([200, 'Completed'])
})
