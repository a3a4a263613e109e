// Starts the transaction service for live tests with a gate before each service it calls.
import { vi } from 'vitest'
import { clientOf, type Answer, type Call } from '../../testing/client.ts'
import { startContractSystem, type ContractSystem } from '../../testing/contract-system.ts'
import type { ServiceProcess } from '../../testing/service-process.ts'
import { openHttpGate, type HttpGate } from './http-gate.ts'
import { standInNotification, standInStorage, type StandIn } from './stand-ins.ts'

/** A running system; `transaction` is the present process of the service. */
export interface SagaSystem {
  readonly system: ContractSystem
  readonly sample: HttpGate
  readonly storage: HttpGate
  readonly notification: HttpGate
  readonly stored: StandIn
  readonly notified: StandIn
  readonly token: string
  transaction(): ServiceProcess
  readonly call: Call
  /** Starts the transaction service anew with more environment, after killing the one before. */
  restart(env?: Readonly<Record<string, string>>): Promise<void>
  submit(barcode: string, more?: object): Promise<Answer>
  /** The saga's status once it has ended. */
  ended(id: string): Promise<Record<string, unknown>>
  /** All calls through the three gates, in order. */
  calls(): string[]
  reset(): void
  stop(): Promise<void>
}

const ID = '00000000-0000-4000-8000-000000000001'
const STORAGE = { temperature_zone: 'freezer', priority: 1, special_requirements: [] }
/** Nobody listens there: events wait in the outbox, where tests read them. */
const NOWHERE = 'http://127.64.0.1:1'

/** A submission of a sample with this barcode. */
export function submission(barcode: string, more: object = {}): object {
  return {
    name: 'submission',
    transaction_type: 'sample_submission',
    metadata: {},
    context_data: {},
    sample_data: { barcode, sample_type: 'DNA', submitter_id: ID, lab_id: ID, metadata: { colour: 'red' } },
    storage_requirements: STORAGE,
    notification_recipients: ['lab@lab.test'],
    ...more,
  }
}

/** Starts everything on addresses of `subnet` with this environment for the transaction service. */
export async function startSagaSystem(subnet: string, env: Readonly<Record<string, string>> = {}): Promise<SagaSystem> {
  const stored = await standInStorage(`${subnet}.10`)
  const notified = await standInNotification(`${subnet}.11`)
  const sample = await openHttpGate(`${subnet}.20`, 8081, `http://${subnet}.3:8081`)
  const storage = await openHttpGate(`${subnet}.21`, 8082, stored.base)
  const notification = await openHttpGate(`${subnet}.22`, 8085, notified.base)
  const system = await startContractSystem(subnet, { name: 'sample', port: 8081 })
  const urls = {
    SAMPLE_SERVICE_URL: sample.base,
    STORAGE_SERVICE_URL: storage.base,
    NOTIFICATION_SERVICE_URL: notification.base,
    EVENT_SERVICE_URL: NOWHERE,
  }
  const state: { now?: ServiceProcess } = {}
  const restart = async (more: Readonly<Record<string, string>> = {}): Promise<void> => {
    await state.now?.end('SIGKILL')
    state.now = system.more({ name: 'transaction', port: 8088, env: { ...urls, ...env, ...more } }, `${subnet}.30`)
    await state.now.waitUntil('/health/ready', 200)
  }
  await restart()
  const gates = [sample, storage, notification]
  const { token } = system.user
  const call = clientOf(`http://${subnet}.30:8088`)
  const parts = { system, sample, storage, notification, stored, notified, token, call, restart }
  return {
    ...parts,
    transaction: () => state.now as ServiceProcess,
    submit: (barcode, more) => call('POST /api/v1/workflows/sample-submission', submission(barcode, more), token),
    ended: (id) => whenEnded(call, token, id),
    calls: () => gates.flatMap((gate) => gate.seen.map((seen, n) => ({ seen, what: gate.calls()[n] ?? '' })))
      .toSorted((a, b) => a.seen.at - b.seen.at)
      .map(({ what }) => what),
    reset: () => gates.forEach((gate) => gate.reset()),
    stop: async () => {
      await system.stop()
      await Promise.all([...gates, stored, notified].map((one) => one.close()))
    },
  }
}

async function whenEnded(call: Call, token: string, id: string): Promise<Record<string, unknown>> {
  return vi.waitFor(
    async () => {
      const { status, body } = await call(`GET /api/v1/transactions/${id}`, undefined, token)
      const saga = body as Record<string, unknown>
      if (status !== 200 || saga.completed_at === null) throw new Error(`${status}: ${JSON.stringify(body)}`)
      return saga
    },
    { timeout: 20_000, interval: 50 },
  )
}
