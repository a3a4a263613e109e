// The API gateway: one door to all services.
import type { FastifyInstance } from 'fastify'
import { takeBytes } from '../kit/forwarding.ts'
import { Refusal, type RefusalStyle } from '../kit/refusal.ts'
import type { Kit, Parts, ServiceDefinition } from '../kit/service.ts'
import { ROUTES, UPSTREAMS, type RouteRule } from '../kit/service-routes.ts'
import { createAdmission } from './admission.ts'
import { createBreakers } from './breakers.ts'
import { createClients } from './clients.ts'
import { createDoor } from './door.ts'
import { createGatewayMetrics } from './gateway-metrics.ts'
import { createLimits } from './limits.ts'
import { proxy, type GatewayWorld } from './proxy.ts'
import { healthRoutes, readinessOf, watchServices } from './service-health.ts'
import { gatewayShape, type GatewaySettings } from './settings.ts'

const refusals: RefusalStyle = {
  fromError: () => new Refusal(500, 'internal', 'Internal Server Error'),
  body: ({ status, code, message }) => {
    const detail = message === '' ? (TITLES[status] ?? 'Request refused') : message
    return status === 401 ? { error: code, message, detail } : { detail }
  },
}

const TITLES: Readonly<Record<number, string>> = { 404: 'Not Found', 405: 'Method Not Allowed' }
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/** The service as the kit runs it. */
export const apiGateway: ServiceDefinition<GatewaySettings> = { shape: gatewayShape, refusals, build }

function build({ settings, metrics }: Kit<GatewaySettings>): Parts {
  const world = createWorld(settings, metrics.registry)
  const stop = watchServices(world)
  return {
    // The others may be away: the gateway still has a door to each of those that are not.
    checks: { auth: readinessOf(world, 'auth'), sample: readinessOf(world, 'sample') },
    releases: [{ what: 'the watch over the services', close: async () => stop() }],
    routes: (app) => addRoutes(app, world),
  }
}

function createWorld(settings: GatewaySettings, registry: Kit<GatewaySettings>['metrics']['registry']): GatewayWorld {
  const services = UPSTREAMS.filter((name) => settings.urls[name] !== '')
  const breakerOf = createBreakers(services, settings)
  const clients = createClients(settings.apiKeys)
  const metrics = createGatewayMetrics(registry, services, (service) => breakerOf(service).state(performance.now()))
  const limits = createLimits(settings, clients, metrics.limited)
  const admission = createAdmission(settings)
  return { settings, urls: settings.urls, services, breakerOf, clients, admission, limits, door: createDoor(settings), metrics }
}

function addRoutes(app: FastifyInstance, world: GatewayWorld): void {
  takeBytes(app)
  const misroutes = world.settings.defects.has('gateway-misroutes-samples')
  for (const rule of misroutes ? ROUTES.map(misrouted) : ROUTES) {
    const handler = proxy(world, rule)
    app.route({ method: METHODS, url: rule.prefix, handler })
    app.route({ method: METHODS, url: `${rule.prefix}/*`, handler })
  }
  healthRoutes(app, world)
  app.get('/', () => about(world))
  app.get('/api/health', async () => ({ status: 'healthy', ...about(world) }))
}

/** The shipped defect: the path of the mock that stood in for the sample service. */
function misrouted(rule: RouteRule): RouteRule {
  return rule.upstream === 'sample' ? { ...rule, target: `/api/v1${rule.target}` } : rule
}

function about({ settings, services }: GatewayWorld): object {
  return { service: settings.service, version: '1.0.0', timestamp: new Date().toISOString(), services }
}
