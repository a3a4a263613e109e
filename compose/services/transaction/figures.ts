// The coordinator's figures, and the health of all that sagas depend on.
import type { Database } from '../kit/database.ts'
import { call } from '../kit/http-call.ts'
import { runChecks, type Check } from '../kit/readiness.ts'
import type { TransactionSettings } from './settings.ts'

const FIGURES = `select
  (count(*) filter (where settled_at is null))::int as active_transactions,
  (count(*) filter (where status = 'Completed'))::int as completed_transactions,
  (count(*) filter (where status in ('Failed', 'TimedOut', 'Cancelled')))::int as failed_transactions,
  (count(*) filter (where status = 'Compensated'))::int as compensated_transactions,
  count(*)::int as total_transactions,
  coalesce(round(avg(extract(epoch from settled_at - created_at) * 1000), 3), 0)::float as average_execution_time_ms
from transaction.sagas`

/** GET /api/v1/metrics/coordinator: the sagas that are remembered. */
export async function figures({ query }: Database): Promise<object> {
  const [row] = await query<object>(FIGURES)
  return row ?? {}
}

/** The documented deadline (ms) of each probe behind /health/detailed. */
const PROBE_DEADLINE = 5000

/** GET /health/detailed: degraded when one of the others does not answer. */
export async function detailedHealth(settings: TransactionSettings, at: { started: number; active: number }) {
  const results = await runChecks(dependencies(settings), PROBE_DEADLINE)
  const last_checked = new Date().toISOString()
  const entries = Object.entries(results).map(([name, { healthy, ms, error }]) => {
    const status = healthy ? 'healthy' : 'unhealthy'
    return [name, { name, status, response_time_ms: ms, last_checked, error_message: error ?? null }]
  })
  return {
    status: Object.values(results).every(({ healthy }) => healthy) ? 'healthy' : 'degraded',
    timestamp: last_checked,
    version: '1.0.0',
    uptime_seconds: Math.floor((Date.now() - at.started) / 1000),
    active_transactions: at.active,
    dependencies: Object.fromEntries(entries),
  }
}

function dependencies(settings: TransactionSettings): Record<string, Check> {
  const { eventUrl, sampleUrl, storageUrl, notificationUrl } = settings
  const others = { event: eventUrl, sample: sampleUrl, storage: storageUrl, notification: notificationUrl }
  const configured = Object.entries(others).filter(([, url]) => url !== '')
  return Object.fromEntries(configured.map(([peer, url]) => [`${peer}_service`, () => alive(peer, url)]))
}

async function alive(peer: string, base: string): Promise<void> {
  const { status } = await call({ peer, method: 'GET', url: `${base}/health`, deadline: PROBE_DEADLINE })
  if (status !== 200) throw new Error(`${peer} answered ${status}`)
}

/** For readiness: resolves when a service is ready. */
export async function peerIsReady(peer: string, base: string, deadline: number): Promise<void> {
  const { status } = await call({ peer, method: 'GET', url: `${base}/health/ready`, deadline })
  if (status !== 200) throw new Error(`${peer} is not ready, it answered ${status}`)
}
