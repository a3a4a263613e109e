// The routes of the figures.
import type { FastifyInstance } from 'fastify'
import { isUuid } from '../kit/fields.ts'
import { queryOf } from '../kit/query.ts'
import { capacityPrediction, overviewJson, sampleFlow } from './analytics.ts'
import { success, type StorageWorld } from './world.ts'

const DAYS_AHEAD = { fallback: 30, max: 365 }
const PERIOD = { fallback: 30, max: 90 }

/** The routes under /analytics. */
export function analyticsRoutes(app: FastifyInstance, { database: { query } }: StorageWorld): void {
  app.get('/analytics/overview', async () => success(await overviewJson(query)))
  app.get('/analytics/sample-flow', async (request) => {
    return success(await sampleFlow(query, queryOf(request, 'validation').whole('period_days', PERIOD)))
  })
  app.get('/analytics/capacity/prediction', async (request) => {
    const wish = queryOf(request, 'validation')
    const locationId = wish.text('location_id', isUuid)
    return success(await capacityPrediction(query, locationId, wish.whole('days_ahead', DAYS_AHEAD)))
  })
}
