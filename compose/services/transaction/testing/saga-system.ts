// Starts the transaction service for live tests with a gate before each service it calls.
import { vi } from 'vitest'
import { clientOf, type Answer, type Call } from '../../testing/client.ts'
import { startContractSystem, type ContractSystem } from '../../testing/contract-system.ts'
import type { ServiceProcess } from '../../testing/service-process.ts'
import { openHttpGate, type HttpGate } from './http-gate.ts'

/** A running system; `transaction` is the present process of the service. */
export interface SagaSystem {
  readonly system: ContractSystem
  readonly sample: HttpGate
  readonly storage: HttpGate
  readonly notification: HttpGate
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

/** Mail goes nowhere either: a notification can be taken back as long as it waits. */
const MAIL = { DEFAULT_CHANNELS: 'Email', EMAIL_SENDER_URL: NOWHERE }

/** Starts everything on addresses of `subnet` with this environment for the transaction service. */
export async function startSagaSystem(subnet: string, env: Readonly<Record<string, string>> = {}): Promise<SagaSystem> {
  const gates = {
    sample: await openHttpGate(`${subnet}.20`, 8081, `http://${subnet}.3:8081`),
    storage: await openHttpGate(`${subnet}.21`, 8082, `http://${subnet}.10:8082`),
    notification: await openHttpGate(`${subnet}.22`, 8085, `http://${subnet}.11:8085`),
  }
  const system = await startContractSystem(subnet, { name: 'sample', port: 8081 })
  const process = starter(system, { ...urlsOf(gates), ...env })
  const stop = async (): Promise<void> => {
    await system.stop()
    await Promise.all(Object.values(gates).map((gate) => gate.close()))
  }
  try {
    await startOthers(system, subnet)
    await process.restart(`${subnet}.30`)
  } catch (error) {
    await stop()
    throw error
  }
  return { system, ...gates, stop, ...actions(process, { subnet, token: system.user.token, gates: Object.values(gates) }) }
}

async function startOthers(system: ContractSystem, subnet: string): Promise<void> {
  const storage = system.more({ name: 'storage', port: 8082, env: { SEED_SCALE: '0.1' } }, `${subnet}.10`)
  const notification = system.more({ name: 'notification', port: 8085, env: MAIL }, `${subnet}.11`)
  await Promise.all([storage, notification].map((service) => service.waitUntil('/health/ready', 200, 30_000)))
}

interface Place {
  readonly subnet: string
  readonly token: string
  readonly gates: readonly HttpGate[]
}

function actions(process: ReturnType<typeof starter>, { subnet, token, gates }: Place) {
  const call = clientOf(`http://${subnet}.30:8088`)
  return {
    call,
    token,
    transaction: process.now,
    restart: (more?: Readonly<Record<string, string>>) => process.restart(`${subnet}.30`, more),
    second: () => process.start(`${subnet}.31`),
    submit: (barcode: string, more?: object) => {
      return call('POST /api/v1/workflows/sample-submission', submission(barcode, more), token)
    },
    ended: (id: string) => whenEnded(call, token, id),
    calls: () => callsOf(gates),
    reset: () => gates.forEach((gate) => gate.reset()),
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
