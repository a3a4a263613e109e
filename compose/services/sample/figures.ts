// The JSON figures of GET /health/metrics; with the database away they are zeros.
import { DatabaseUnavailable } from '../kit/pool.ts'
import type { SampleWorld } from './world.ts'

const FIGURES = `
select
  count(*)::int as total,
  (count(*) filter (where status = 'pending'))::int as pending,
  (count(*) filter (where status = 'validated'))::int as validated,
  (count(*) filter (where status = 'completed'))::int as completed,
  (count(*) filter (where created_at > now() - interval '24 hours'))::int as created_last_24h,
  (count(*) filter (where updated_at > now() - interval '24 hours'))::int as updated_last_24h
from sample.samples`

const NOTHING = { total: 0, pending: 0, validated: 0, completed: 0, created_last_24h: 0, updated_last_24h: 0 }

/** The figures of the samples table. */
export async function figures({ database, settings }: Pick<SampleWorld, 'database' | 'settings'>): Promise<object> {
  const rows = await database.query<typeof NOTHING>(FIGURES).catch((error: unknown) => {
    if (error instanceof DatabaseUnavailable) return []
    throw error
  })
  const { total, pending, validated, completed, created_last_24h, updated_last_24h } = rows[0] ?? NOTHING
  const recent_activity = { created_last_24h, updated_last_24h }
  const samples = { total, by_status: { pending, validated, completed }, recent_activity, sample_types: {} }
  // Validating is one statement, so that it takes no longer than a statement may.
  const validation_timeout_seconds = settings.queryTimeout / 1000
  const configuration = { max_batch_size: settings.maxBatch, auto_generate_barcode: true, validation_timeout_seconds }
  return {
    service: settings.service,
    version: '1.0.0',
    timestamp: new Date().toISOString(),
    metrics: { samples, configuration },
  }
}
