// The proving ground: every service once, sound, and a bench for each that is to be looked at.
import { clientOf } from '../client.ts'
import { startContractSystem, type ContractSystem } from '../contract-system.ts'
import { startPostgres, type TestPostgres } from '../postgres.ts'
import type { ServiceName, ServiceProcess } from '../service-process.ts'
import { PLACES } from './places.ts'
import type { Bench, Probe } from './probe.ts'

/** How long (ms) a service may take to be ready while others start too. */
const START = 90_000
/** Those that the contract system starts itself. */
const THERE: readonly ServiceName[] = ['auth', 'sample', 'event']
/** Defective services stand from here on. */
const FIRST_HOST = 60

/** All services, sound. */
export interface Ground {
  readonly system: ContractSystem
  /** The sound service of that name. */
  sound(name: ServiceName): Bench
  /** Starts a service as the probe wants it, with these defects. */
  start(probe: Probe, defects: string): Promise<Bench>
  /** Ends Postgres and Redis at once. */
  bereave(): Promise<void>
  stop(): Promise<void>
}

/** Starts everything on addresses of `subnet`. */
export async function startGround(subnet: string): Promise<Ground> {
  const fresh = await startPostgres(`${subnet}.9`)
  try {
    const system = await startContractSystem(subnet, { name: 'sample', port: PLACES.sample.port, events: true })
    const others = await startOthers(system, subnet)
    return groundOf({ system, subnet, fresh, others })
  } catch (error) {
    await fresh.remove()
    throw error
  }
}

type Others = ReadonlyMap<ServiceName, ServiceProcess>

async function startOthers(system: ContractSystem, subnet: string): Promise<Others> {
  const names = (Object.keys(PLACES) as ServiceName[]).filter((name) => !THERE.includes(name))
  try {
    const started = new Map(names.map((name) => [name, startAt(system, name, { subnet, host: PLACES[name].host })]))
    await Promise.all([...started.values()].map((one) => one.waitUntil('/health/ready', 200, START)))
    return started
  } catch (error) {
    await system.stop()
    throw error
  }
}

interface Wish {
  readonly subnet: string
  readonly host: number
  readonly env?: Readonly<Record<string, string>>
}

function startAt(system: ContractSystem, name: ServiceName, { subnet, host, env }: Wish): ServiceProcess {
  const { port, env: own } = PLACES[name]
  const at = `${subnet}.${host}`
  return system.more({ name, port, env: { LOG_LEVEL: 'warn', ...own?.(subnet, at), ...env } }, at)
}

interface Parts {
  readonly system: ContractSystem
  readonly subnet: string
  readonly fresh: TestPostgres
  readonly others: Others
}

function groundOf({ system, subnet, fresh, others }: Parts): Ground {
  const started = new Map<ServiceName, ServiceProcess>(others)
  started.set('auth', system.auth).set('sample', system.service)
  if (system.event !== undefined) started.set('event', system.event)
  let host = FIRST_HOST
  const ground: Ground = {
    system,
    sound: (name) => {
      const service = started.get(name)
      if (service === undefined) throw new Error(`${name} was not started`)
      return benchOf(ground, service)
    },
    start: async ({ service: name, freshDatabase, env }, DEFECTS) => {
      const database: Record<string, string> = freshDatabase ? { DATABASE_URL: fresh.url(name.replaceAll('-', '_')) } : {}
      const service = startAt(system, name, { subnet, host: (host += 1), env: { ...env, ...database, DEFECTS } })
      await service.waitUntil('/health/ready', 200, START)
      return benchOf(ground, service)
    },
    bereave: async () => void (await Promise.all([system.postgres.kill(), system.redis?.kill()])),
    stop: async () => void (await Promise.all([system.stop(), fresh.remove()])),
  }
  return ground
}

function benchOf(ground: Ground, service: ServiceProcess): Bench {
  const { base } = service
  return {
    service,
    ground,
    nobody: clientOf(base),
    user: clientOf(base, { authorization: `Bearer ${ground.system.user.token}` }),
    peer: clientOf(base, { authorization: 'Service service_probe' }),
  }
}
