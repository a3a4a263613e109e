// The API gateway: one door to all services.
import type { FastifyInstance } from 'fastify'
import { call } from '../kit/http-call.ts'
import { runChecks, type Check } from '../kit/readiness.ts'
import { Refusal, type RefusalStyle } from '../kit/refusal.ts'
import type { Kit, Parts, ServiceDefinition } from '../kit/service.ts'
import { createBreaker } from './breaker.ts'
import { createClients } from './clients.ts'
import { createGatewayMetrics } from './gateway-metrics.ts'
import { createLimits } from './limits.ts'
import { proxy, type GatewayWorld } from './proxy.ts'
import { ROUTES, type Upstream } from './routing.ts'
import { breakerRules, gatewayShape, type GatewaySettings } from './settings.ts'

const refusals: RefusalStyle = {
  fromError: () => new Refusal(500, 'internal', 'Internal Server Error'),
  body: ({ status, message }) => ({ detail: message === '' ? (TITLES[status] ?? 'Request refused') : message }),
}

const TITLES: Readonly<Record<number, string>> = { 404: 'Not Found', 405: 'Method Not Allowed' }
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const UPSTREAMS: readonly Upstream[] = ['auth', 'sample']
/** The documented deadline (ms) of each probe behind /services. */
const PROBE_DEADLINE = 3000

/** The service as the kit runs it. */
export const apiGateway: ServiceDefinition<GatewaySettings> = { shape: gatewayShape, refusals, build }

function build({ settings, metrics }: Kit<GatewaySettings>): Parts {
  const rules = breakerRules(settings)
  const breakers = { auth: createBreaker(rules), sample: createBreaker(rules) }
  const clients = createClients()
  const own = createGatewayMetrics(metrics.registry, (service) => breakers[service].state(performance.now()))
  const world: GatewayWorld = {
    settings,
    urls: { auth: settings.authUrl, sample: settings.sampleUrl },
    breakers,
    clients,
    limits: createLimits(settings, clients, own.limited),
    metrics: own,
  }
  return {
    checks: { auth: readinessOf(world, 'auth'), sample: readinessOf(world, 'sample') },
    releases: [],
    routes: (app) => addRoutes(app, world),
  }
}

function addRoutes(app: FastifyInstance, world: GatewayWorld): void {
  // Bodies stay bytes: what a client sent is what the service gets.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => body)
  for (const rule of ROUTES) {
    const handler = proxy(world, rule)
    app.route({ method: METHODS, url: rule.prefix, handler })
    app.route({ method: METHODS, url: `${rule.prefix}/*`, handler })
  }
  app.get('/services', () => services(world))
  app.get('/api/services', () => services(world))
}

function probe(world: GatewayWorld, service: Upstream, path: string): Promise<{ status: number }> {
  return call({ peer: service, method: 'GET', url: world.urls[service] + path, deadline: PROBE_DEADLINE })
}

function readinessOf(world: GatewayWorld, service: Upstream): Check {
  return async () => {
    try {
      const { status } = await probe(world, service, '/health/ready')
      if (status !== 200) throw new Error(`${service} is not ready, it answered ${status}`)
      world.metrics.health(service, true)
    } catch (error) {
      world.metrics.health(service, false)
      throw error
    }
  }
}

async function services(world: GatewayWorld): Promise<object> {
  const alive = UPSTREAMS.map((name): [string, Check] => [name, () => alivenessOf(world, name)])
  const results = await runChecks(Object.fromEntries(alive), PROBE_DEADLINE)
  const entries = UPSTREAMS.map((name) => {
    const { healthy, ms, error } = results[name] ?? { healthy: false, ms: 0 }
    const breaker = world.breakers[name].state(performance.now())
    return [name, { status: healthy ? 'healthy' : 'unhealthy', response_time_ms: ms, error, circuit_breaker: breaker }]
  })
  return { services: Object.fromEntries(entries), timestamp: new Date().toISOString() }
}

async function alivenessOf(world: GatewayWorld, service: Upstream): Promise<void> {
  const { status } = await probe(world, service, '/health')
  if (status !== 200) throw new Error(`answered ${status}`)
}
