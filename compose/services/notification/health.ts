// What the service says of itself: /health for people, /health/metrics as figures.
import { runChecks } from '../kit/readiness.ts'
import { CHANNELS, type Channel } from './words.ts'
import type { NotificationWorld } from './world.ts'

/** The channels the documents name in /health. */
const TOLD: readonly Channel[] = ['Email', 'Sms', 'Slack', 'Teams']

type HealthWorld = Pick<NotificationWorld, 'settings' | 'database' | 'meter'>

/** GET /health: 200 whatever it says. */
export async function health({ settings, database, meter }: HealthWorld): Promise<object> {
  const checks = { database: () => database.query('select 1') }
  const { database: found } = await runChecks(checks, settings.readinessTimeout)
  const green = found?.healthy === true
  return {
    status: green ? 'healthy' : 'unhealthy',
    service: 'notification-service',
    version: '1.0.0',
    timestamp: new Date().toISOString(),
    database: { status: green ? 'healthy' : 'unhealthy', response_time_ms: found?.ms ?? 0 },
    channels: Object.fromEntries(TOLD.map((channel) => [channel.toLowerCase(), stateOf({ settings, meter }, channel)])),
  }
}

/** The shipped defect: every channel is said to be healthy. */
function stateOf({ settings, meter }: Pick<HealthWorld, 'settings' | 'meter'>, channel: Channel): string {
  if (settings.defects.has('channels-always-healthy')) return 'healthy'
  if (channel !== 'InApp' && settings.senderUrls[channel] === undefined) return 'not_configured'
  const last = meter.last(channel)
  return last === undefined || last === 'sent' ? 'healthy' : 'unhealthy'
}

const FIGURES = `
select channel, count(*) filter (where status = 'sent')::int as sent,
  count(*) filter (where status = 'failed')::int as failed,
  count(*) filter (where status = 'pending')::int as pending
from notification.deliveries group by channel`

interface FigureRow {
  readonly channel: Channel
  readonly sent: number
  readonly failed: number
  readonly pending: number
}

/** GET /health/metrics: deliveries by channel, as stored. */
export async function figures({ database, meter }: HealthWorld): Promise<object> {
  const rows = await database.query<FigureRow>(FIGURES)
  const sum = (read: (row: FigureRow) => number): number => rows.reduce((total, row) => total + read(row), 0)
  const [sent, failed] = [sum((row) => row.sent), sum((row) => row.failed)]
  return {
    notifications_sent: sent,
    notifications_failed: failed,
    delivery_rate: sent + failed === 0 ? 1 : sent / (sent + failed),
    avg_delivery_time_ms: Math.round(meter.meanTime()),
    channels: Object.fromEntries(CHANNELS.map((channel) => [channel.toLowerCase(), countsOf(rows, channel)])),
  }
}

function countsOf(rows: readonly FigureRow[], channel: Channel): object {
  const { sent = 0, failed = 0, pending = 0 } = rows.find((row) => row.channel === channel) ?? {}
  return { sent, failed, pending }
}
