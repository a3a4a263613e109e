// What finds the defects of the transaction service: sagas that only say they were done, undone or ended.
import { randomUUID } from 'node:crypto'
import { vi } from 'vitest'
import { fieldsOf, sampleOf, workOf } from '../../transaction/testing/look.ts'
import type { SagaSystem } from '../../transaction/testing/saga-system.ts'
import type { Criterion, Probe, Sight } from './probe.ts'

const PATIENCE = 1500
/** How long (ms) the sample service is away while a saga wants to undo its work. */
const AWAY = 1500

type Look = Pick<Criterion, 'defect' | 'kind' | 'says'> & Pick<Probe<SagaSystem>, 'look' | 'env'>

const LOOKS: readonly Look[] = [
  {
    defect: 'saga-trusts-any-answer',
    kind: 'invariant',
    says: 'a saga that is Completed has done all its steps',
    look: trusts,
  },
  {
    defect: 'saga-uses-random-ids',
    kind: 'invariant',
    says: 'the sample that a saga created is the one it validates',
    look: validates,
  },
  {
    defect: 'saga-undoes-everything',
    kind: 'trace',
    says: 'the edge transaction->notification carries no call of a saga that never got there',
    look: undoesOnlyItsOwn,
  },
  {
    defect: 'saga-gives-up-undoing',
    kind: 'invariant',
    says: 'a saga that failed leaves no sample, also when the sample service was away for a moment',
    env: { COMPENSATION_MAX_PAUSE: '300ms' },
    look: undoesAtLast,
  },
  {
    defect: 'saga-never-times-out',
    kind: 'answer',
    says: 'a saga ends within its own time when a step hangs',
    env: { ASSIGN_STORAGE_TIMEOUT: '100ms', ANSWER_WITHIN: '2s', COMPENSATION_MAX_PAUSE: '100ms' },
    look: endsInTime,
  },
  {
    defect: 'saga-status-blocks',
    kind: 'answer',
    says: 'GET /api/v1/transactions is answered within 1.5 s while a saga runs',
    look: tells,
  },
  {
    defect: 'saga-forgets',
    kind: 'store',
    says: 'a saga that was acknowledged can be read after its end',
    look: remembers,
  },
]

/** Probes of the transaction service, which have gates before the services it calls. */
export const sagaProbes: readonly Probe<SagaSystem>[] = LOOKS.map((look) => ({ service: 'transaction', ...look }))

async function trusts(saga: SagaSystem): Promise<Sight> {
  saga.storage.play(({ what }) => (what.endsWith('/assign') ? { status: 500 } : 'pass'))
  const { status, saga_id } = fieldsOf(await saga.submit(randomUUID()))
  const { positions } = await workOf(saga, saga_id)
  const saw = `${String(status)} with ${positions} positions taken, where storage answers 500`
  return { holds: status !== 'Completed' || positions === 1, saw }
}

async function validates(saga: SagaSystem): Promise<Sight> {
  const barcode = randomUUID()
  const { status } = fieldsOf(await saga.submit(barcode))
  const found = await sampleOf(saga, barcode)
  const validated = found?.history.includes('validated') === true
  return { holds: status === 'Completed' && validated, saw: `${String(status)}, the sample ${validated ? '' : 'not '}validated` }
}

async function undoesOnlyItsOwn(saga: SagaSystem): Promise<Sight> {
  saga.storage.play(({ what }) => (what.endsWith('/assign') ? { status: 409 } : 'pass'))
  await saga.submit(randomUUID())
  const calls = saga.notification.calls().length
  return { holds: calls === 0, saw: `${calls} calls to notification, where storage refused` }
}

async function undoesAtLast(saga: SagaSystem): Promise<Sight> {
  const barcode = randomUUID()
  saga.storage.play(({ what }) => (what.endsWith('/assign') ? { status: 409 } : 'pass'))
  saga.sample.play(({ what }) => (what.startsWith('DELETE') ? 'drop' : 'pass'))
  const back = new Promise((resolve) => setTimeout(resolve, AWAY)).then(() => saga.sample.play(() => 'pass'))
  const { status } = fieldsOf(await saga.submit(barcode))
  await back
  const gone = (await sampleOf(saga, barcode))?.status === 'deleted'
  return { holds: status === 'Compensated' && gone, saw: `${String(status)}, the sample ${gone ? 'gone' : 'left behind'}` }
}

async function endsInTime(saga: SagaSystem): Promise<Sight> {
  saga.storage.play(({ what }) => (what.endsWith('/assign') ? 'hold' : 'pass'))
  const answer = await saga.submit(randomUUID(), { timeout_ms: 1000 })
  const { status } = fieldsOf(answer)
  return { holds: answer.status === 200, saw: `answered ${answer.status} ${String(status)}` }
}

async function tells(saga: SagaSystem): Promise<Sight> {
  saga.storage.play(() => 'hold')
  const answer = saga.submit(randomUUID()).catch(() => undefined)
  await vi.waitFor(() => {
    if (saga.storage.kept() === 0) throw new Error('the saga has not come to storage yet')
  }, 10_000)
  const headers = { authorization: `Bearer ${saga.token}` }
  const wish = { headers, signal: AbortSignal.timeout(PATIENCE) }
  const url = `${saga.transaction().base}/api/v1/transactions`
  const status = await fetch(url, wish).then((told) => told.status, () => 0)
  saga.storage.play(() => 'pass')
  saga.storage.release()
  await answer
  return { holds: status === 200, saw: status === 0 ? 'no answer within 1.5 s' : `answered ${status}` }
}

async function remembers(saga: SagaSystem): Promise<Sight> {
  const { saga_id, status: ended } = fieldsOf(await saga.submit(randomUUID()))
  const { status } = await saga.call(`GET /api/v1/transactions/${String(saga_id)}`, undefined, saga.token)
  return { holds: status === 200, saw: `${String(ended)}, read with ${status}` }
}
