// How measurements go: by day, and the latest ones.
import type { FastifyInstance } from 'fastify'
import { queryOf } from '../kit/query.ts'
import type { QaqcWorld } from './world.ts'

const TRENDS = `select metric_name, date_trunc('day', created_at) as date, avg(value) as average_value,
  count(*)::int as sample_count,
  (100.0 * count(*) filter (where status <> 'fail') / count(*))::double precision as pass_rate
from qaqc.qc_metric_history
where metric_type = $1 and created_at >= current_date - make_interval(days => $2)
group by 1, 2 order by 2 desc, 1 limit 1000`

const RECENT = `select id, metric_type as type, metric_name as name, value, unit, status, created_at as timestamp
from qaqc.qc_metric_history order by created_at desc limit 10`

/** GET /api/v1/qc/metrics/trends and /recent. */
export function trendRoutes(app: FastifyInstance, { database }: QaqcWorld): void {
  app.get('/api/v1/qc/metrics/trends', async (request) => {
    const wish = queryOf(request, 'VALIDATION_ERROR')
    const days = wish.whole('days', { fallback: 30, max: 366 })
    return database.query(TRENDS, [wish.text('metric_type') ?? 'library_prep', days])
  })
  app.get('/api/v1/qc/metrics/recent', async () => database.query(RECENT))
}
