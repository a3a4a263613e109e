// The documented forms of the health routes: alive but unhealthy without a database, and figures that are zeros then.
import type { Database } from '../kit/database.ts'
import { DatabaseUnavailable } from '../kit/pool.ts'
import { runChecks, type CheckResult } from '../kit/readiness.ts'

/** The body of GET /health, always with 200; `deadline` in ms. */
export async function healthOf(database: Database, deadline: number): Promise<object> {
  const { check } = await runChecks({ check: () => database.query('select 1') }, deadline)
  const about = { service: 'sequencing-service', timestamp: new Date().toISOString() }
  if (check?.healthy === true) return { status: 'healthy', ...about, database: 'connected' }
  return { status: 'unhealthy', ...about, database: 'disconnected', error: check?.error }
}

/** The checks of GET /health/ready in their documented words. */
export function checksJson(results: Readonly<Record<string, CheckResult>>): object {
  const entries = Object.entries(results).map(([name, { healthy, ms, error }]) => {
    const message = healthy ? 'connection successful' : `connection failed: ${error ?? 'unknown'}`
    return [name, { status: healthy ? 'ready' : 'not_ready', message, response_time_ms: ms }]
  })
  return Object.fromEntries(entries)
}

const FIGURES = `select
  (select count(*)::int from sequencing.jobs) as total_jobs,
  (select count(*)::int from sequencing.jobs where status in ('queued', 'running')) as active_jobs,
  (select count(*)::int from sequencing.runs) as total_runs,
  (select count(*)::int from sequencing.runs where status in ('running', 'analyzing')) as active_runs,
  (select count(*)::int from sequencing.sample_sheets) as total_sample_sheets`
const NOTHING = { total_jobs: 0, active_jobs: 0, total_runs: 0, active_runs: 0, total_sample_sheets: 0 }

/** The body of GET /health/metrics. */
export async function figures({ query }: Database): Promise<object> {
  const rows = await query<typeof NOTHING>(FIGURES).catch((error: unknown) => {
    if (error instanceof DatabaseUnavailable) return []
    throw error
  })
  return { service: 'sequencing-service', timestamp: new Date().toISOString(), metrics: rows[0] ?? NOTHING }
}
