// Starts the whole reference system for live tests: Postgres, a gate before it, a span receiver and the three services.
import { openGate, type Gate } from './gate.ts'
import { startOtlpReceiver, type OtlpReceiver } from './otlp-receiver.ts'
import { startPostgres, type TestPostgres } from './postgres.ts'
import { startService, type ServiceProcess } from './service-process.ts'

/** A running system. */
export interface TestSystem {
  readonly postgres: TestPostgres
  /** The edge sample->postgres. */
  readonly gate: Gate
  readonly otlp: OtlpReceiver
  readonly auth: ServiceProcess
  readonly sample: ServiceProcess
  readonly gateway: ServiceProcess
  stop(): Promise<void>
}

/** More environment for single services. */
export interface SystemWish {
  readonly auth?: Readonly<Record<string, string>>
  readonly sample?: Readonly<Record<string, string>>
  readonly gateway?: Readonly<Record<string, string>>
}

/** Starts everything on the loopback addresses `subnet`.1 to `subnet`.6 and waits until the gateway is ready. */
export async function startSystem(subnet: string, wish: SystemWish = {}): Promise<TestSystem> {
  const postgres = await startPostgres(`${subnet}.1`)
  const otlp = await startOtlpReceiver(`${subnet}.6`)
  const gate = await openGate({ host: `${subnet}.5`, port: 5432 }, { host: `${subnet}.1`, port: 5432 })
  const common = { OTLP_URL: otlp.url, LOG_LEVEL: 'info' }
  const auth = startService({
    name: 'auth',
    host: `${subnet}.2`,
    port: 8080,
    env: { ...common, DATABASE_URL: postgres.url('auth'), JWT_SECRET: 'x'.repeat(32), ...wish.auth },
  })
  const gated = postgres.url('sample', `${subnet}.5:5432`)
  const sample = startService({
    name: 'sample',
    host: `${subnet}.3`,
    port: 8081,
    env: { ...common, DATABASE_URL: gated, AUTH_SERVICE_URL: auth.base, ...wish.sample },
  })
  const gateway = startService({
    name: 'api-gateway',
    host: `${subnet}.4`,
    port: 8000,
    env: { ...common, AUTH_SERVICE_URL: auth.base, SAMPLE_SERVICE_URL: sample.base, ...wish.gateway },
  })
  const services = [gateway, sample, auth]
  const stop = async (): Promise<void> => {
    await Promise.all(services.map((service) => service.end('SIGKILL')))
    await Promise.all([gate.close(), otlp.close(), postgres.remove()])
  }
  try {
    await gateway.waitUntil('/health/ready', 200)
  } catch (error) {
    await stop()
    throw new Error(services.map((service) => service.output()).join('\n'), { cause: error })
  }
  return { postgres, gate, otlp, auth, sample, gateway, stop }
}
