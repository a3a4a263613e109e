// What finds the defects of auth and of the gateway before it.
import { randomUUID } from 'node:crypto'
import { vi } from 'vitest'
import { PASSWORD } from '../client.ts'
import { answered, type Bench, type Probe, type Sight } from './probe.ts'

const NAMES = { first_name: 'A', last_name: 'B' }
/** The documented number of wrong passwords that locks an account. */
const GUESSES = 5

/** Probes of auth and the gateway. */
export const accountProbes: readonly Probe[] = [
  {
    defect: 'register-answers-500',
    service: 'auth',
    kind: 'answer',
    says: 'POST /auth/register answers 200',
    look: async ({ nobody }) => answered(200, await nobody('POST /auth/register', newcomer())),
  },
  {
    defect: 'no-lockout',
    service: 'auth',
    kind: 'answer',
    says: 'after five wrong passwords even the right one is refused with 403 ACCOUNT_LOCKED',
    look: lockout,
  },
  {
    defect: 'gateway-hides-auth-errors',
    service: 'api-gateway',
    kind: 'answer',
    says: 'a login of nobody is refused with the 404 of auth',
    look: async ({ nobody }) => answered(404, await nobody('POST /api/auth/login', { email: 'no@lab.test', password: 'x' })),
  },
  {
    defect: 'gateway-misroutes-samples',
    service: 'api-gateway',
    kind: 'answer',
    says: 'GET /api/samples answers 200',
    look: async ({ user }) => answered(200, await user('GET /api/samples')),
  },
  {
    defect: 'no-trace-propagation',
    service: 'api-gateway',
    kind: 'trace',
    says: 'a request through the gateway shows the edge api-gateway->sample',
    look: propagation,
  },
  {
    defect: 'gateway-unprotected',
    service: 'api-gateway',
    kind: 'answer',
    says: 'more requests than the documented limit are refused with 429',
    env: { RATE_LIMIT_MULTIPLIER: '1', RATE_LIMIT_SAMPLES_BURST: '5', RATE_LIMIT_SAMPLES_PER_MINUTE: '1' },
    look: flood,
  },
  {
    defect: 'gateway-unprotected',
    service: 'api-gateway',
    kind: 'answer',
    says: 'a service that is gone is asked five times, then its circuit breaker answers',
    env: { STORAGE_SERVICE_URL: 'http://127.0.0.1:1', BREAKER_FAILURES: '5' },
    look: outage,
  },
]

function newcomer(): object {
  return { email: `${randomUUID()}@lab.test`, password: PASSWORD, ...NAMES }
}

async function lockout({ nobody }: Bench): Promise<Sight> {
  const email = `${randomUUID()}@lab.test`
  await nobody('POST /auth/register', { email, password: PASSWORD, ...NAMES })
  for (let n = 0; n < GUESSES; n += 1) await nobody('POST /auth/login', { email, password: 'Wrong-Horse-1' })
  return answered(403, await nobody('POST /auth/login', { email, password: PASSWORD }))
}

async function propagation({ user, ground }: Bench): Promise<Sight> {
  const { traceId } = await user('GET /api/samples')
  const look = (): void => {
    const names = new Set(ground.system.otlp.trace(traceId).map(({ service }) => service))
    if (!names.has('api-gateway') || !names.has('sample')) throw new Error('not both spans yet')
  }
  const whole = await vi.waitFor(look, { timeout: 3000, interval: 50 }).then(() => true, () => false)
  return { holds: whole, saw: whole ? 'spans of both in one trace' : 'a trace that ends at the gateway' }
}

async function flood({ user }: Bench): Promise<Sight> {
  const statuses: number[] = []
  for (let n = 0; n < 7; n += 1) statuses.push((await user('GET /api/samples')).status)
  return { holds: statuses.includes(429), saw: `7 requests at once, 5 allowed, answered ${sorted(statuses)}` }
}

async function outage({ user }: Bench): Promise<Sight> {
  const reasons: string[] = []
  for (let n = 0; n < 7; n += 1) {
    const { status, headers } = await user('GET /api/storage/locations')
    reasons.push(`${status}${headers.has('retry-after') ? ' with retry-after' : ''}`)
  }
  return { holds: reasons.includes('503 with retry-after'), saw: `7 requests answered ${sorted(reasons)}` }
}

function sorted(seen: readonly (number | string)[]): string {
  return [...new Set(seen)].toSorted().join(', ')
}
