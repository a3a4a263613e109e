// Records measurements of libraries and tells what they come to.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Query } from '../kit/database.ts'
import { isUuid, jsonBody, mistyped, uuidParam } from '../kit/fields.ts'
import { queryOf } from '../kit/query.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import { LIBRARIES, type LibraryRow } from './library.ts'
import { conclude, judge, spread, THRESHOLDS, type QcStatus } from './measurement.ts'
import { refuse } from './refusals.ts'
import { find, list, storeOne, type Content, type Shelf } from './shelf.ts'
import type { LibraryWorld } from './world.ts'

const METRICS: Shelf = {
  table: 'library_details.quality_control_metrics',
  columns: [
    'library_id',
    'metric_type',
    'value',
    'unit',
    'threshold_min',
    'threshold_max',
    'status',
    'equipment_id',
    'operator_id',
    'notes',
  ],
  missing: 'LIBRARY_NOT_FOUND',
  what: 'Metric',
}

interface MetricRow {
  readonly id: string
  readonly metric_type: string
  readonly value: number
  readonly status: QcStatus
  readonly [column: string]: unknown
}

/** So many measurements of one library are looked at. */
const MOST = 1000
const FILTER = '($3::uuid is null or library_id = $3) and ($4::text is null or metric_type = $4)'

/** /api/v1/qc/metrics, /thresholds and /reports, and POST /api/v1/libraries/:id/calculate. */
export function qualityRoutes(app: FastifyInstance, world: LibraryWorld): void {
  const { query } = world.database
  app.get('/api/v1/qc/metrics', async (request) => {
    const wish = queryOf(request, 'VALIDATION_ERROR')
    const values = [wish.text('library_id', isUuid), wish.text('metric_type')]
    return list<MetricRow>(query, METRICS, { request, where: FILTER, values })
  })
  app.post('/api/v1/qc/metrics', async (request, reply) => {
    const metric = readMetric(request, world)
    reply.status(201)
    return world.database.transaction((ask) => record(world, ask, metric))
  })
  app.get('/api/v1/qc/thresholds', async () => THRESHOLDS)
  app.post('/api/v1/qc/reports', async (request) => {
    const id = typedFieldsOf(jsonBody(request)).uuid('library_id')
    const { metrics } = await measured(query, id)
    if (metrics.length === 0) {
      throw refuse('QC_FAILED', 'Quality control failed: No quality control metrics found for library')
    }
    return { library_id: id, ...conclude(metrics), metrics, generated_at: new Date().toISOString() }
  })
  app.post('/api/v1/libraries/:id/calculate', async (request) => figures(await measured(query, uuidParam(request))))
}

type Metric = Content & { readonly library_id: string }

function readMetric(request: FastifyRequest, { callerOf }: LibraryWorld): Metric {
  const fields = typedFieldsOf(jsonBody(request))
  const range = { min: -1e12, max: 1e12 }
  const threshold_min = fields.optionalNumber('threshold_min', range)
  const threshold_max = fields.optionalNumber('threshold_max', range)
  const value = fields.optionalNumber('value', range)
  if (value === null) throw mistyped('missing field `value`')
  const metric = {
    library_id: fields.uuid('library_id'),
    metric_type: fields.text('metric_type', { min: 1, max: 100 }),
    value,
    unit: fields.optionalText('unit', { max: 50 }),
    threshold_min,
    threshold_max,
    status: judge({ value, threshold_min, threshold_max }),
    equipment_id: fields.optionalText('equipment_id', { max: 100 }),
    operator_id: fields.optionalText('operator_id', { max: 100 }) ?? callerOf(request).userId,
    notes: fields.optionalText('notes'),
  }
  fields.done('VALIDATION_ERROR')
  return metric
}

/** A measured quality score becomes the library's own. */
async function record({ outbox }: LibraryWorld, query: Query, metric: Metric): Promise<MetricRow> {
  const { library_id: id, metric_type: type, value, status } = metric
  await find(query, LIBRARIES, { id, lock: true })
  const row = await storeOne<MetricRow>(query, METRICS, metric)
  if (type === 'quality_score' && typeof value === 'number' && value >= 0 && value <= 1) {
    await query(`update ${LIBRARIES.table} set quality_score = $2, updated_at = now() where id = $1`, [id, value])
  }
  const payload = { library_id: id, metric_type: type, value, status }
  await outbox.add(query, { type: 'library.qc_recorded', payload, subject: id })
  return row
}

interface Measurements {
  readonly library: LibraryRow
  readonly metrics: readonly MetricRow[]
}

async function measured(query: Query, id: string): Promise<Measurements> {
  const library = await find<LibraryRow>(query, LIBRARIES, { id })
  const sql = `select * from ${METRICS.table} where library_id = $1 order by created_at desc, id limit ${MOST}`
  return { library, metrics: await query<MetricRow>(sql, [id]) }
}

/** The library's own concentration stands in where none was measured. */
function figures({ library, metrics }: Measurements): object {
  const of = (type: string): number[] => {
    return metrics.filter(({ metric_type }) => metric_type === type).map(({ value }) => value)
  }
  const own = library.concentration === null ? [] : [library.concentration]
  const concentrations = of('concentration')
  const { mean, std } = spread(concentrations.length > 0 ? concentrations : own)
  const sizes = of('fragment_size')
  const passed = metrics.filter(({ status }) => status === 'Pass' || status === 'Warning').length
  return {
    concentration_mean: mean,
    concentration_std: std,
    fragment_size_distribution:
      sizes.length === 0 ? null : { min: Math.min(...sizes), max: Math.max(...sizes), mean: spread(sizes).mean },
    quality_score_distribution: countsOf(of('quality_score').map((score) => score.toFixed(1))),
    success_rate: metrics.length === 0 ? library.quality_score : passed / metrics.length,
    throughput: null,
  }
}

function countsOf(names: readonly string[]): Readonly<Record<string, number>> | null {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts.size === 0 ? null : Object.fromEntries(counts)
}
