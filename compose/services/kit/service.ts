// Runs a service: settings, tracing, metrics, server, signals, then its tables; readiness says when all is there.
import type { FastifyInstance } from 'fastify'
import { flushCompileCache } from 'node:module'
import type { CommonSettings } from './common-settings.ts'
import { endOnSignal, type Release } from './lifecycle.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { runChecks, type Check, type CheckResult } from './readiness.ts'
import type { RefusalStyle } from './refusal.ts'
import { createServer, refuseOtherMethods } from './server.ts'
import { readSettings, SettingsError, type Environment, type Shape } from './settings.ts'
import { untraced } from './span.ts'
import { whenDatabaseIsThere } from './startup.ts'
import { startTelemetry } from './telemetry.ts'

/** What the kit gives a service to build on. */
export interface Kit<S> {
  readonly settings: S
  readonly metrics: Metrics
  warn(message: string): void
}

/** What a service is made of. */
export interface Parts {
  readonly checks: Readonly<Record<string, Check>>
  readonly releases: readonly Release[]
  routes(app: FastifyInstance): void
  /** Makes what must exist before the first request, such as tables. */
  prepare?(): Promise<void>
  /** The bodies of GET /health (a string is plain text) and /health/ready, when they differ from the usual. */
  liveness?(): object | string | Promise<object>
  readiness?(results: Readonly<Record<string, CheckResult>>, ready: boolean): object
}

/** A service: its settings, its refusals' wording and how it is built. */
export interface ServiceDefinition<S extends CommonSettings> {
  readonly shape: Shape<S>
  readonly refusals: RefusalStyle
  readonly startTimeout?: (settings: S) => number
  build(kit: Kit<S>): Parts
}

/** Starts the service and keeps running; ends the process with 1 and a clear message when it cannot start. */
export async function runService<S extends CommonSettings>(
  env: Environment,
  definition: ServiceDefinition<S>,
): Promise<void> {
  const settings = settingsOrExit(env, definition.shape)
  const metrics = createMetrics(settings.service)
  const app = createServer(settings, { metrics, refusals: definition.refusals })
  const warn = (message: string): void => app.log.warn(message)
  const telemetry = startTelemetry(settings.service, settings.defects.has('no-spans') ? '' : settings.otlpUrl, warn)
  const parts = definition.build({ settings, metrics, warn })
  const state = { prepared: parts.prepare === undefined, stopping: () => false }
  const finishRoutes = refuseOtherMethods(app)
  addHealth(app, parts, { settings, state })
  parts.routes(app)
  finishRoutes()
  const releases = [{ what: 'tracing', close: telemetry.stop }, ...parts.releases]
  state.stopping = endOnSignal({ app, timeout: settings.shutdownTimeout, releases })
  try {
    await app.listen({ host: settings.host, port: settings.port })
    // Where NODE_COMPILE_CACHE is set: a process that is killed would never write what the next start could use.
    flushCompileCache()
    await prepare(parts, state, { app, timeout: definition.startTimeout?.(settings) ?? 0 })
  } catch (error) {
    app.log.fatal({ err: error }, `cannot start: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(1)
  }
}

function settingsOrExit<S>(env: Environment, shape: Shape<S>): S {
  try {
    return readSettings(env, shape)
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}

interface State {
  prepared: boolean
  stopping: () => boolean
}

async function prepare(parts: Parts, state: State, at: { app: FastifyInstance; timeout: number }): Promise<void> {
  const work = parts.prepare
  if (work === undefined) return
  await whenDatabaseIsThere(() => untraced(work), {
    timeout: at.timeout,
    stopping: state.stopping,
    waiting: (message) => at.app.log.warn(`waiting for the database: ${message}`),
  })
  state.prepared = true
  at.app.log.info('ready to serve')
}

function addHealth(app: FastifyInstance, parts: Parts, at: { settings: CommonSettings; state: State }): void {
  const { settings, state } = at
  const about = () => ({ service: settings.service, version: '1.0.0', timestamp: new Date().toISOString() })
  app.get('/health', async () => parts.liveness?.() ?? { status: 'healthy', ...about() })
  app.get('/health/ready', async (_request, reply) => {
    const results = await runChecks(parts.checks, settings.readinessTimeout)
    const ready = state.prepared && !state.stopping() && Object.values(results).every(({ healthy }) => healthy)
    reply.status(ready || settings.defects.has('always-ready') ? 200 : 503)
    const checks = parts.readiness?.(results, ready) ?? objectForm(results)
    const phase = { prepared: state.prepared, stopping: state.stopping() }
    return { status: ready ? 'ready' : 'not_ready', ...about(), ...phase, checks }
  })
}

function objectForm(results: Readonly<Record<string, CheckResult>>): object {
  const entries = Object.entries(results).map(([name, { healthy, ms, error }]) => {
    return [name, { status: healthy ? 'healthy' : 'unhealthy', response_time_ms: ms, error }]
  })
  return Object.fromEntries(entries)
}
