// The routes that a service really serves, read from its server, which is built as for a start but never listens.
import type { FastifyInstance } from 'fastify'
import { join } from 'node:path'
import { createMetrics } from '../kit/metrics.ts'
import { createServer } from '../kit/server.ts'
import type { Parts, ServiceDefinition } from '../kit/service.ts'
import { readSettings } from '../kit/settings.ts'
import { SERVICE_URLS } from '../kit/service-routes.ts'
import type { CommonSettings } from '../kit/common-settings.ts'

/** A route and whether it wants to know who calls. */
export interface RealRoute {
  readonly route: string
  readonly guarded: boolean
}

/** Nobody is there, and everybody gives up at once. */
const NOWHERE = 'http://127.0.0.1:1'
const ENV: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.values(SERVICE_URLS).map((name) => [name, NOWHERE])),
  MODEL_URL: NOWHERE,
  DATABASE_URL: 'postgres://nobody:nobody@127.0.0.1:1/nowhere',
  REDIS_URL: 'redis://127.0.0.1:1',
  JWT_SECRET: 'x'.repeat(32),
  STORAGE_PATH: '/nowhere',
  LOG_LEVEL: 'silent',
  DB_ACQUIRE_TIMEOUT: '50ms',
  REDIS_TIMEOUT: '50ms',
  READINESS_TIMEOUT: '50ms',
}

/** Routes of the service, but those of the kit. */
export async function realRoutesOf(service: string): Promise<readonly RealRoute[]> {
  const { app, parts } = await built(service)
  const routes = routesOf(app, parts)
  try {
    return await Promise.all(routes.map(async (route) => ({ route, guarded: await isGuarded(app, route) })))
  } finally {
    await app.close()
    await Promise.allSettled(parts.releases.map(({ close }) => close()))
  }
}

async function built(service: string): Promise<{ app: FastifyInstance; parts: Parts }> {
  const exported = (await import(join(import.meta.dirname, '..', service, `${service}.ts`))) as Readonly<Record<string, unknown>>
  const definition = Object.values(exported).find((one) => typeof one === 'object' && one !== null && 'build' in one)
  const { shape, refusals, build } = definition as ServiceDefinition<CommonSettings>
  const settings = readSettings(ENV, shape)
  const metrics = createMetrics(settings.service)
  return { app: createServer(settings, { metrics, refusals }), parts: build({ settings, metrics, warn: () => undefined }) }
}

function routesOf(app: FastifyInstance, parts: Parts): readonly string[] {
  const methods = new Map<string, string[]>()
  app.addHook('onRoute', ({ url, method }) => void methods.set(url, [...(methods.get(url) ?? []), ...[method].flat()]))
  parts.routes(app)
  // What passes everything on says so twice: for its prefix, and for what is below it.
  const open = [...methods.keys()].filter((url) => url.endsWith('/*'))
  const named = [...methods].filter(([url]) => !open.includes(url) && !open.includes(`${url}/*`))
  const single = named.flatMap(([url, all]) => all.filter((method) => method !== 'HEAD').map((method) => `${method} ${url}`))
  return [...open.map((url) => `ANY ${url}`), ...single]
}

/** Asks without saying who asks. */
async function isGuarded(app: FastifyInstance, route: string): Promise<boolean> {
  const [method = '', path = ''] = route.replace('ANY', 'GET').split(' ')
  const url = path.replace('*', 'x').replaceAll(/:\w+/g, '11111111-1111-4111-8111-111111111111')
  const { statusCode } = await app.inject({ method: method as 'GET', url })
  return statusCode === 401
}
