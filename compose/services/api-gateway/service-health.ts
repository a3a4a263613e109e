// Looks after the services behind the gateway: from time to time, when somebody asks, and when it must be ready itself.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { call } from '../kit/http-call.ts'
import { runChecks, type Check } from '../kit/readiness.ts'
import { untraced } from '../kit/span.ts'
import { ROUTES, type Upstream } from '../kit/service-routes.ts'
import type { GatewayWorld } from './proxy.ts'

/** The documented deadlines (ms): of each probe behind /services, and of a service's own health route. */
const PROBE_DEADLINE = 3000
const HEALTH_DEADLINE = 5000

/** GET /services, and GET <prefix>/health of each service, which need nobody. */
export function healthRoutes(app: FastifyInstance, world: GatewayWorld): void {
  app.get('/services', () => services(world))
  app.get('/api/services', () => services(world))
  for (const upstream of world.services) {
    const answer = async (_request: FastifyRequest, reply: FastifyReply) => healthOf(world, upstream, reply)
    for (const prefix of doorsOf(upstream)) app.get(`${prefix}/health`, answer)
  }
}

/** The first prefix of a service, and that of its own name where the documents have that one. */
function doorsOf(upstream: Upstream): readonly string[] {
  const prefixes = ROUTES.filter((rule) => rule.upstream === upstream).map(({ prefix }) => prefix)
  return [...new Set([...prefixes.slice(0, 1), ...prefixes.filter((prefix) => prefix === `/api/${upstream}`)])]
}

async function healthOf(world: GatewayWorld, service: Upstream, reply: FastifyReply): Promise<object> {
  const { status } = await probe(world, service, { path: '/health', deadline: HEALTH_DEADLINE }).catch(() => ({ status: 503 }))
  const well = status === 200
  reply.status(well ? 200 : 503)
  return { service, status: well ? 'healthy' : 'unhealthy', timestamp: new Date().toISOString() }
}

/** For the gateway's own readiness: resolves when a service is ready. */
export function readinessOf(world: GatewayWorld, service: Upstream): Check {
  return () => noted(world, service, '/health/ready')
}

/** Asks every service now and then, so that its health is known even when nobody calls it; returns how to stop. */
export function watchServices(world: GatewayWorld): () => void {
  const look = (): void => {
    const alive = world.services.map((service) => noted(world, service, '/health'))
    void Promise.allSettled(alive)
  }
  const timer = setInterval(() => untraced(look), world.settings.healthEvery)
  return () => clearInterval(timer)
}

async function noted(world: GatewayWorld, service: Upstream, path: string): Promise<void> {
  try {
    const { status } = await probe(world, service, { path, deadline: PROBE_DEADLINE })
    if (status !== 200) throw new Error(`${service} is not ready, it answered ${status}`)
    world.metrics.health(service, true)
  } catch (error) {
    world.metrics.health(service, false)
    throw error
  }
}

interface Probe {
  readonly path: string
  readonly deadline: number
}

function probe(world: GatewayWorld, peer: Upstream, { path, deadline }: Probe): Promise<{ status: number }> {
  return call({ peer, method: 'GET', url: world.urls[peer] + path, deadline })
}

async function services(world: GatewayWorld): Promise<object> {
  const alive = world.services.map((name): [string, Check] => [name, () => alivenessOf(world, name)])
  const results = await runChecks(Object.fromEntries(alive), PROBE_DEADLINE)
  const entries = world.services.map((name) => {
    const { healthy, ms, error } = results[name] ?? { healthy: false, ms: 0 }
    const circuit_breaker = world.breakerOf(name).state(performance.now())
    return [name, { status: healthy ? 'healthy' : 'unhealthy', response_time_ms: ms, error, circuit_breaker }]
  })
  return { services: Object.fromEntries(entries), timestamp: new Date().toISOString() }
}

async function alivenessOf(world: GatewayWorld, service: Upstream): Promise<void> {
  const { status } = await probe(world, service, { path: '/health', deadline: PROBE_DEADLINE })
  if (status !== 200) throw new Error(`answered ${status}`)
}
