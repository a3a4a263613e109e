// The lab manager's health: its database, its storage folder and the services behind it.
import type { FastifyInstance } from 'fastify'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { arch, hostname, platform } from 'node:os'
import type { Database } from '../kit/database.ts'
import { call } from '../kit/http-call.ts'
import { runChecks, type Check, type CheckResult } from '../kit/readiness.ts'
import { configured } from './pass-on.ts'
import { refuse } from './refusals.ts'
import type { LabManagerSettings } from './settings.ts'

/** What the health routes look at. */
export interface HealthWorld {
  readonly settings: LabManagerSettings
  readonly database: Database
}

/** The documented body of GET /health and its like. */
export function vitals(status: string): object {
  return { status, timestamp: new Date().toISOString(), version: '1.0.0', uptime_seconds: Math.floor(process.uptime()) }
}

/** GET /health/live, /health/database and /health/system. */
export function healthRoutes(app: FastifyInstance, world: HealthWorld): void {
  app.get('/health/live', async () => vitals('alive'))
  app.get('/health/database', () => databaseHealth(world))
  app.get('/health/system', async (_request, reply) => {
    const { overall_status, services } = await systemHealth(world)
    reply.status(overall_status === 'Unhealthy' ? 503 : 200)
    const { environment } = world.settings
    const system_info = { hostname: hostname(), platform: platform(), architecture: arch(), environment }
    return { overall_status, ...vitalsWithoutStatus(), services, system_info }
  })
}

function vitalsWithoutStatus(): object {
  return { ...vitals(''), status: undefined }
}

/** Rejects when the storage folder cannot be written to. */
export async function storageIsWritable({ storagePath }: LabManagerSettings): Promise<void> {
  await access(storagePath, constants.W_OK)
}

const CONNECTIONS = `select version() as database_version,
  (count(*) filter (where state = 'active'))::int as active_connections,
  (count(*) filter (where state = 'idle'))::int as idle_connections
from pg_stat_activity where usename = current_user`

async function databaseHealth({ database, settings }: HealthWorld): Promise<object> {
  const started = performance.now()
  try {
    const [row] = await database.query<object>(CONNECTIONS)
    const response_time_ms = Math.round(performance.now() - started)
    return { is_connected: true, response_time_ms, ...row, max_connections: settings.poolSize }
  } catch (error) {
    throw refuse('SERVICE_UNAVAILABLE', error instanceof Error ? error.message : String(error))
  }
}

interface SystemHealth {
  readonly overall_status: 'Healthy' | 'Degraded' | 'Unhealthy'
  readonly services: Readonly<Record<string, object>>
}

/** Without its database or folder it is unhealthy; a service behind it that is away degrades it. */
async function systemHealth({ settings, database }: HealthWorld): Promise<SystemHealth> {
  const own = { database: () => database.query('select 1'), storage: () => storageIsWritable(settings) }
  const others = configured(settings).map(([name, url]): [string, Check] => [name, () => alive(name, url, settings)])
  const [mine, theirs] = await Promise.all([
    runChecks(own, settings.readinessTimeout),
    runChecks(Object.fromEntries(others), settings.readinessTimeout),
  ])
  const degraded = allWell(theirs) ? 'Healthy' : 'Degraded'
  return { overall_status: allWell(mine) ? degraded : 'Unhealthy', services: shown({ ...mine, ...theirs }) }
}

function allWell(results: Readonly<Record<string, CheckResult>>): boolean {
  return Object.values(results).every(({ healthy }) => healthy)
}

function shown(results: Readonly<Record<string, CheckResult>>): Record<string, object> {
  const last_checked = new Date().toISOString()
  const entries = Object.entries(results).map(([name, { healthy, ms, error }]) => {
    const status = healthy ? 'Healthy' : 'Unhealthy'
    return [name, { is_healthy: healthy, status, message: error ?? null, response_time_ms: ms, last_checked }]
  })
  return Object.fromEntries(entries)
}

async function alive(peer: string, base: string, { readinessTimeout }: LabManagerSettings): Promise<void> {
  const { status } = await call({ peer, method: 'GET', url: `${base}/health`, deadline: readinessTimeout })
  if (status !== 200) throw new Error(`${peer} answered ${status}`)
}
