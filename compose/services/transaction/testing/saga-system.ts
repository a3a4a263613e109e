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
  /** Starts one more process under the same name, which takes over. */
  second(): Promise<ServiceProcess>
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
  const gates = {
    sample: await openHttpGate(`${subnet}.20`, 8081, `http://${subnet}.3:8081`),
    storage: await openHttpGate(`${subnet}.21`, 8082, stored.base),
    notification: await openHttpGate(`${subnet}.22`, 8085, notified.base),
  }
  const system = await startContractSystem(subnet, { name: 'sample', port: 8081 })
  const process = starter(system, { ...urlsOf(gates), ...env })
  await process.restart(`${subnet}.30`)
  const { token } = system.user
  const call = clientOf(`http://${subnet}.30:8088`)
  return {
    system,
    ...gates,
    stored,
    notified,
    token,
    call,
    transaction: process.now,
    restart: (more) => process.restart(`${subnet}.30`, more),
    second: () => process.start(`${subnet}.31`),
    submit: (barcode, more) => call('POST /api/v1/workflows/sample-submission', submission(barcode, more), token),
    ended: (id) => whenEnded(call, token, id),
    calls: () => callsOf(Object.values(gates)),
    reset: () => Object.values(gates).forEach((gate) => gate.reset()),
    stop: async () => {
      await system.stop()
      await Promise.all([...Object.values(gates), stored, notified].map((one) => one.close()))
    },
  }
}

type Gates = Pick<SagaSystem, 'sample' | 'storage' | 'notification'>

function urlsOf({ sample, storage, notification }: Gates): Record<string, string> {
  return {
    SAMPLE_SERVICE_URL: sample.base,
    STORAGE_SERVICE_URL: storage.base,
    NOTIFICATION_SERVICE_URL: notification.base,
    EVENT_SERVICE_URL: NOWHERE,
  }
}

function starter(system: ContractSystem, env: Readonly<Record<string, string>>) {
  let now: ServiceProcess | undefined
  const start = async (host: string, more: Readonly<Record<string, string>> = {}): Promise<ServiceProcess> => {
    const started = system.more({ name: 'transaction', port: 8088, env: { ...env, ...more } }, host)
    await started.waitUntil('/health/ready', 200, 20_000)
    return started
  }
  const restart = async (host: string, more?: Readonly<Record<string, string>>): Promise<void> => {
    await now?.end('SIGKILL')
    now = await start(host, more)
  }
  return { start, restart, now: () => now as ServiceProcess }
}

function callsOf(gates: readonly HttpGate[]): string[] {
  const seen = gates.flatMap((gate) => gate.seen.map(({ at }, n) => ({ at, what: gate.calls()[n] ?? '' })))
  return seen.toSorted((a, b) => a.at - b.at).map(({ what }) => what)
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
