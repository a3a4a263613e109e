// Starts what one service needs to be tested alone: Postgres, auth, if wanted Redis and event, and users of any role.
import { Client } from 'pg'
import { clientOf, PASSWORD, type Call } from './client.ts'
import { startOtlpReceiver, type OtlpReceiver } from './otlp-receiver.ts'
import { startPostgres, type TestPostgres } from './postgres.ts'
import { startRedis, type TestRedis } from './redis.ts'
import { startService, type ServiceName, type ServiceProcess } from './service-process.ts'

/** How long (ms) everything may take to become ready; several suites may share the machine. */
const START = 25_000

/** A user with a live session. */
export interface TestUser {
  readonly id: string
  readonly token: string
}

/** The service under test and what it lives with. */
export interface ContractSystem {
  readonly postgres: TestPostgres
  readonly redis: TestRedis | undefined
  readonly otlp: OtlpReceiver
  readonly auth: ServiceProcess
  readonly event: ServiceProcess | undefined
  readonly service: ServiceProcess
  /** Calls the service under test. */
  readonly call: Call
  /** A user of the wished role. */
  readonly user: TestUser
  userOf(role: string): Promise<TestUser>
  /** Starts one more service; it ends with the system. */
  more(wish: ServiceWish, at: string): ServiceProcess
  stop(): Promise<void>
}

/** A service, its port and its own environment; common settings, database, auth and event are filled in. */
export interface ServiceWish {
  readonly name: ServiceName
  readonly port: number
  readonly env?: Readonly<Record<string, string>>
}

/** What to start besides: Redis with the event service (in its own environment), and a first user's role (guest). */
export interface ContractWish extends ServiceWish {
  readonly events?: boolean
  readonly eventEnv?: Readonly<Record<string, string>>
  readonly role?: string
}

/** Starts everything on the loopback addresses `subnet`.1 to `subnet`.6 and waits until the service is ready. */
export async function startContractSystem(subnet: string, wish: ContractWish): Promise<ContractSystem> {
  const postgres = await startPostgres(`${subnet}.1`)
  const otlp = await startOtlpReceiver(`${subnet}.6`)
  const redis = wish.events === true ? await startRedis(`${subnet}.5`) : undefined
  const services: ServiceProcess[] = []
  const start = ({ name, port, env }: ServiceWish, host: string): ServiceProcess => {
    const given = { ...environmentOf(name, { subnet, postgres, otlp, redis }), ...env }
    const started = startService({ name, host, port, env: given })
    services.push(started)
    return started
  }
  const stop = async (): Promise<void> => {
    await Promise.all(services.map((service) => service.end('SIGKILL')))
    await Promise.all([otlp.close(), postgres.remove(), redis?.remove()])
  }
  try {
    const auth = start({ name: 'auth', port: 8080 }, `${subnet}.2`)
    const event = redis && start({ name: 'event', port: 8087, env: wish.eventEnv }, `${subnet}.4`)
    const service = start(wish, `${subnet}.3`)
    await Promise.all(services.map((one) => one.waitUntil('/health/ready', 200, START)))
    const userOf = createUsers(auth, postgres)
    const user = await userOf(wish.role ?? 'guest')
    const call = clientOf(service.base)
    return { postgres, redis, otlp, auth, event, service, call, user, userOf, more: start, stop }
  } catch (error) {
    await stop()
    throw new Error(services.map((service) => service.output()).join('\n'), { cause: error })
  }
}

interface Around {
  readonly subnet: string
  readonly postgres: TestPostgres
  readonly otlp: OtlpReceiver
  readonly redis: TestRedis | undefined
}

function environmentOf(name: ServiceName, { subnet, postgres, otlp, redis }: Around): Record<string, string> {
  const events: Record<string, string> =
    redis === undefined ? {} : { REDIS_URL: redis.url, EVENT_SERVICE_URL: `http://${subnet}.4:8087` }
  return {
    OTLP_URL: otlp.url,
    LOG_LEVEL: 'info',
    DATABASE_URL: postgres.url(name.replaceAll('-', '_')),
    AUTH_SERVICE_URL: `http://${subnet}.2:8080`,
    JWT_SECRET: 'x'.repeat(32),
    ...events,
  }
}

/** Registers users one after the other; their role is set where auth keeps it, for no route can. */
function createUsers(auth: ServiceProcess, postgres: TestPostgres): (role: string) => Promise<TestUser> {
  const call = clientOf(auth.base)
  let made = 0
  return async (role) => {
    made += 1
    const email = `user-${made}@lab.test`
    const who = { email, password: PASSWORD, first_name: 'Test', last_name: 'User' }
    const { status, body } = await call('POST /auth/register', who)
    if (status !== 200) throw new Error(`register answered ${status}: ${JSON.stringify(body)}`)
    await setRole(postgres, email, role)
    const { data } = await call('POST /auth/login', { email, password: PASSWORD })
    return { id: String(data.user_id), token: String(data.access_token) }
  }
}

async function setRole(postgres: TestPostgres, email: string, role: string): Promise<void> {
  const client = new Client({ connectionString: postgres.url('auth') })
  await client.connect()
  try {
    await client.query('update auth.users set role = $2 where email = $1', [email, role])
  } finally {
    await client.end()
  }
}
