// Sagas through the death of their process, its successor and the database: nothing twice, nothing left half done.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Answer } from '../testing/client.ts'
import type { HttpGate } from './testing/http-gate.ts'
import { DONE, fieldsOf, runningSaga, sampleOf, workOf } from './testing/look.ts'
import { startSagaSystem, submission, type SagaSystem } from './testing/saga-system.ts'

let saga: SagaSystem
let number = 0

beforeAll(async () => {
  saga = await startSagaSystem('127.64.4')
})

afterAll(() => saga.stop())
beforeEach(() => saga.reset())

function barcode(): string {
  number += 1
  return `CRASH-${number}`
}

/** Submits for a client that loses its connection when the service dies. */
function submitted(code: string, more?: object): Promise<Answer | undefined> {
  return saga.submit(code, more).catch(() => undefined)
}

/** Waits until a gate keeps a call; `swallow` has let it do its work, which takes a moment. */
async function kept(gate: HttpGate, end: string): Promise<void> {
  await vi.waitFor(() => expect(gate.seen.some(({ what }) => what.endsWith(end))).toBe(true), 15_000)
  await vi.waitFor(() => expect(gate.kept()).toBe(1), 15_000)
}

type GateName = 'sample' | 'storage' | 'notification'

const FORWARD: readonly [GateName, string][] = [
  ['sample', '/samples'],
  ['sample', '/validate'],
  ['sample', '/status'],
  ['storage', '/assign'],
  ['notification', '/send'],
]
const BACKWARD: readonly [GateName, string][] = [
  ['notification', '/cancel'],
  ['storage', '/release'],
  ['sample', '/status'],
  ['sample', 'DELETE'],
]
const KEPT = ['hold', 'swallow'] as const

describe('killed on the way forward, a saga is completed by the next process', () => {
  it.each(FORWARD.flatMap(([name, end]) => KEPT.map((how) => [how, name, end] as const)))(
    '%s the call to %s %s',
    async (how, name, end) => {
      const code = barcode()
      saga[name].play(({ what }) => (what.endsWith(end) ? how : 'pass'))
      const answer = submitted(code)
      await kept(saga[name], end)
      const id = await runningSaga(saga)
      saga[name].play(() => 'pass')
      await saga.restart()
      await answer
      expect(await saga.ended(id)).toMatchObject({ status: 'Completed', completed_steps: 4, failed_step: null })
      expect(await sampleOf(saga, code)).toEqual({ status: 'validated', history: ['validated'], transaction: id })
      expect(await workOf(saga, id)).toEqual(DONE)
    },
    60_000,
  )
})

describe('killed on the way back, a saga is undone by the next process', () => {
  it.each(BACKWARD.flatMap(([name, end]) => KEPT.map((how) => [how, name, end] as const)))(
    '%s the call to %s %s',
    async (how, name, end) => {
      const code = barcode()
      const isIt = (what: string): boolean => (end === 'DELETE' ? what.startsWith(end) : what.endsWith(end))
      let undoing = false
      saga.notification.play(({ what }) => {
        undoing = true
        if (what.endsWith('/send')) return 'lose'
        return name === 'notification' ? how : 'pass'
      })
      if (name !== 'notification') saga[name].play(({ what }) => (undoing && isIt(what) ? how : 'pass'))
      const answer = submitted(code)
      await vi.waitFor(() => expect(saga[name].kept()).toBe(1), 15_000)
      const id = await runningSaga(saga)
      saga.reset()
      await saga.restart()
      await answer
      const ended = await saga.ended(id)
      expect(ended).toMatchObject({ status: 'Compensated', completed_steps: 3, compensation_executed: true })
      expect(await sampleOf(saga, code)).toMatchObject({ status: 'deleted', history: ['validated', 'rejected', 'deleted'] })
      expect(await workOf(saga, id)).toEqual({ ...DONE, held: 0, standing: 0 })
    },
    60_000,
  )
})

describe('many sagas', () => {
  it('of a process that is killed again and again all end, each with all its traces or none', async () => {
    const codes = Array.from({ length: 30 }, barcode)
    const answers = codes.map((code) => submitted(code))
    const accepted = `select count(*)::int as n from transaction.sagas where input -> 'sample_data' ->> 'barcode' = any ($1)`
    const allAccepted = async (): Promise<void> => {
      expect(await saga.system.postgres.read(accepted, [codes])).toEqual([{ n: codes.length }])
    }
    await vi.waitFor(allAccepted, { timeout: 20_000, interval: 5 })
    for (const calls of [5, 10, 0]) {
      saga.reset()
      await saga.restart()
      await vi.waitFor(() => expect(saga.calls().length).toBeGreaterThanOrEqual(calls), { timeout: 20_000, interval: 5 })
    }
    await Promise.all(answers)
    const sql = `select count(*)::int as n from transaction.sagas where settled_at is null`
    await vi.waitFor(async () => expect(await saga.system.postgres.read(sql)).toEqual([{ n: 0 }]), 30_000)
    const rows = await saga.system.postgres.read<{ id: string; status: string; barcode: string }>(
      `select id, status, input -> 'sample_data' ->> 'barcode' as barcode from transaction.sagas
       where input -> 'sample_data' ->> 'barcode' = any ($1)`,
      [codes],
    )
    expect(rows).toHaveLength(codes.length)
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['Completed']))
    for (const { id, barcode: code } of rows) {
      expect(await sampleOf(saga, code)).toEqual({ status: 'validated', history: ['validated'], transaction: id })
      expect(await workOf(saga, id)).toEqual(DONE)
    }
  }, 90_000)
})

describe('other ends', () => {
  it('told to stop, the process leaves its saga to the next one', async () => {
    saga.storage.play(() => 'hold')
    const answer = submitted(barcode())
    await kept(saga.storage, '/assign')
    const id = await runningSaga(saga)
    saga.storage.play(() => 'pass')
    expect(await saga.transaction().end('SIGTERM')).toBe(0)
    await answer
    await saga.restart()
    expect((await saga.ended(id)).status).toBe('Completed')
  }, 60_000)

  it('a process that is displaced stops working, and its saga is completed by the other', async () => {
    saga.storage.play(() => 'hold')
    const answer = submitted(barcode())
    await kept(saga.storage, '/assign')
    const id = await runningSaga(saga)
    saga.storage.play(() => 'pass')
    const second = await saga.second()
    expect((await saga.ended(id)).status).toBe('Completed')
    const refused = await saga.call('POST /api/v1/workflows/sample-submission', submission(barcode()), saga.token)
    expect([refused.status, refused.code]).toEqual([503, 'too_many_transactions'])
    await saga.transaction().waitUntil('/health/ready', 503)
    await second.end('SIGKILL')
    await saga.restart()
    await answer
  }, 60_000)

  it('a database that dies in between leaves no half saga', async () => {
    const code = barcode()
    saga.storage.play(() => 'hold')
    const answer = submitted(code)
    await kept(saga.storage, '/assign')
    const id = await runningSaga(saga)
    saga.storage.release()
    await saga.system.postgres.kill()
    saga.storage.play(() => 'pass')
    await new Promise((resolve) => setTimeout(resolve, 500))
    await saga.system.postgres.start()
    // It is storage's database too: whether one of the three attempts finds it back is a matter of luck.
    const { status } = await saga.ended(id)
    const completed = status === 'Completed'
    expect(completed || status === 'Compensated').toBe(true)
    expect([202, 200, 500]).toContain((await answer)?.status)
    expect((await sampleOf(saga, code))?.status).toBe(completed ? 'validated' : 'deleted')
    const { held, standing } = await workOf(saga, id)
    expect([held, standing]).toEqual(completed ? [1, 1] : [0, 0])
    expect(fieldsOf((await saga.submit(barcode())) as Answer).status).toBe('Completed')
  }, 60_000)
})
