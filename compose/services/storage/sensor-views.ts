// Looks at readings and alerts.
import type { Query } from '../kit/database.ts'
import type { Page } from '../kit/query.ts'
import { refuse } from './refusals.ts'
import { sensorById } from './sensor-store.ts'

const READINGS = `select r.id, s.sensor_id, r.value, r.unit, r.recorded_at as timestamp, r.metadata
from storage.sensor_readings r join storage.sensors s on s.id = r.sensor
where s.id = $1 and r.recorded_at >= now() - make_interval(hours => $2) order by r.recorded_at desc, r.id desc limit $3`

interface ReadingRow {
  readonly value: number
  readonly timestamp: Date
}

/** The latest readings of a sensor, newest first, and what they come to. */
export async function readingsOf(
  query: Query,
  sensorId: string,
  wish: { hours: number; limit: number },
): Promise<object> {
  const { id } = await sensorById(query, sensorId)
  const readings = await query<ReadingRow>(READINGS, [id, wish.hours, wish.limit])
  return { sensor_id: sensorId, readings, statistics: statisticsOf(readings), period_hours: wish.hours }
}

/** What readings come to; nothing comes to nothing. */
export function statisticsOf(readings: readonly ReadingRow[]): object {
  const values = readings.map(({ value }) => value)
  const known = values.length > 0
  return {
    min_value: known ? Math.min(...values) : null,
    max_value: known ? Math.max(...values) : null,
    avg_value: known ? values.reduce((sum, value) => sum + value, 0) / values.length : null,
    reading_count: values.length,
    last_reading: readings[0]?.timestamp ?? null,
  }
}

const ALERT = 'select *, resolved_at is not null as resolved from storage.alerts'
const WHERE = 'where $1::boolean is null or (resolved_at is not null) = $1'

/** One page of alerts, newest first, and how many there are; `resolved` may be null. */
export async function listAlerts(query: Query, resolved: boolean | null, page: Page): Promise<[object[], number]> {
  const [count] = await query<{ total: number }>(`select count(*)::int as total from storage.alerts ${WHERE}`, [
    resolved,
  ])
  const sql = `${ALERT} ${WHERE} order by created_at desc, id limit $2 offset $3`
  return [await query<object>(sql, [resolved, page.size, page.offset]), count?.total ?? 0]
}

/** Resolves an alert by hand; one that is resolved stays as it is. */
export async function resolveAlert(query: Query, id: string): Promise<object> {
  const sql = `update storage.alerts set resolved_at = coalesce(resolved_at, now()) where id = $1
returning *, true as resolved`
  const [row] = await query<object>(sql, [id])
  if (row === undefined) throw refuse('not_found', 'Alert not found')
  return row
}

const HEALTH = `select count(*)::int as total_sensors,
  (count(*) filter (where status = 'active'))::int as active_sensors,
  (count(*) filter (where status = 'offline'))::int as offline_sensors,
  (count(*) filter (where battery_level < 20))::int as low_battery_sensors,
  (count(*) filter (where signal_strength < 50))::int as weak_signal_sensors,
  (select count(*)::int from storage.alerts where resolved_at is null) as open_alerts
from storage.sensors`

/** How the sensors are doing. */
export async function sensorHealth(query: Query): Promise<object> {
  const [row] = await query<object>(HEALTH)
  return { ...row, generated_at: new Date().toISOString() }
}
