// The JSON figures of GET /health/metrics; with the database away they are zeros and say so.
import { DatabaseUnavailable } from '../kit/pool.ts'
import type { AuthWorld } from './world.ts'

const FIGURES = `
select
  (select count(distinct user_id)::int from auth.user_sessions where last_used_at > now() - interval '24 hours')
    as active_users_24h,
  (select count(*)::int from auth.user_sessions where not revoked and expires_at > now()) as active_sessions,
  (select count(*)::int from auth.users) as total_users,
  (select count(*)::int from auth.security_audit_log
    where event_type = 'LOGIN_FAILED' and "timestamp" > now() - interval '1 hour') as failed_logins_last_hour`

const NOTHING = { active_users_24h: 0, active_sessions: 0, total_users: 0, failed_logins_last_hour: 0 }

/** The figures, and whether the database gave them. */
export async function figures({ database, settings }: AuthWorld): Promise<object> {
  const started = performance.now()
  const metrics = await database.query<typeof NOTHING>(FIGURES).catch((error: unknown) => {
    if (error instanceof DatabaseUnavailable) return undefined
    throw error
  })
  const { busy, idle } = database.numbers()
  return {
    timestamp: new Date().toISOString(),
    service: settings.service,
    version: '1.0.0',
    metrics: metrics?.[0] ?? NOTHING,
    database: {
      connected: metrics !== undefined,
      response_time_ms: Math.round(performance.now() - started),
      active_connections: busy,
      idle_connections: idle,
      max_connections: settings.poolSize,
    },
  }
}
