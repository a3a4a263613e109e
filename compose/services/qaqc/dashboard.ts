// What the laboratory's quality looks like today and this week.
import type { FastifyInstance } from 'fastify'
import type { QaqcWorld } from './world.ts'

const FIGURES = `select
  (select count(*)::int from qaqc.qc_reviews where status = 'pending') as pending_reviews,
  (count(*) filter (where completed_at >= current_date))::int as completed_today,
  (count(*) filter (where completed_at >= current_date and decision in ('rejected', 'repeat_required')))::int
    as failed_today,
  coalesce(100.0 * count(*) filter (where decision = 'approved') / nullif(count(*), 0), 0)::double precision
    as pass_rate_week,
  coalesce(avg(extract(epoch from completed_at - created_at)) / 3600, 0)::double precision
    as average_turnaround_hours
from qaqc.qc_reviews where completed_at >= current_date - interval '7 days'`

/** GET /api/v1/qc/dashboard. */
export function dashboardRoutes(app: FastifyInstance, { database }: QaqcWorld): void {
  app.get('/api/v1/qc/dashboard', async () => {
    const [figures] = await database.query(FIGURES)
    return figures
  })
}
