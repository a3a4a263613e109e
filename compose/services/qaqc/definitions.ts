// The metrics that are measured, and their thresholds.
import type { FastifyInstance } from 'fastify'
import type { Query } from '../kit/database.ts'
import { jsonBody, type JsonObject } from '../kit/fields.ts'
import { queryOf } from '../kit/query.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import type { Thresholds } from './thresholds.ts'
import type { QaqcWorld } from './world.ts'

/** A metric's definition. */
export interface Definition extends Thresholds {
  readonly name: string
  readonly unit: string | null
}

const BOUNDS = [
  'min_value',
  'max_value',
  'warning_threshold_low',
  'warning_threshold_high',
  'fail_threshold_low',
  'fail_threshold_high',
] as const

const COLUMNS = [
  'name',
  'metric_type',
  'data_type',
  'unit',
  ...BOUNDS,
  'description',
  'calculation_method',
  'is_required',
  'is_active',
]

const UPSERT = `insert into qaqc.qc_metric_definitions (${COLUMNS.join(', ')})
values (${COLUMNS.map((_, index) => `$${index + 1}`).join(', ')})
on conflict (name, metric_type) do update
set ${COLUMNS.slice(2).map((column) => `${column} = excluded.${column}`).join(', ')}, updated_at = now()
returning *`

const LIST = `select * from qaqc.qc_metric_definitions
where is_active and ($1::text is null or metric_type = $1) order by metric_type, name limit 500`

/** GET and POST /api/v1/qc/metrics/definitions. */
export function definitionRoutes(app: FastifyInstance, { database }: QaqcWorld): void {
  app.get('/api/v1/qc/metrics/definitions', async (request) => {
    return database.query(LIST, [queryOf(request, 'VALIDATION_ERROR').text('metric_type')])
  })
  app.post('/api/v1/qc/metrics/definitions', async (request) => {
    const [row] = await database.query(UPSERT, readDefinition(jsonBody(request)))
    return row
  })
}

function readDefinition(body: JsonObject): unknown[] {
  const fields = typedFieldsOf(body)
  const flag = (name: string): boolean => ((body[name] ?? null) === null ? true : fields.optionalFlag(name))
  const values = [
    fields.text('name', { min: 1, max: 255 }),
    fields.text('metric_type', { min: 1, max: 100 }),
    fields.optionalWord('data_type', ['numeric', 'boolean', 'text', 'json']) ?? 'numeric',
    fields.optionalText('unit', { max: 50 }),
    ...BOUNDS.map((name) => fields.optionalNumber(name, { min: -1e12, max: 1e12 })),
    fields.optionalText('description'),
    fields.optionalText('calculation_method'),
    flag('is_required'),
    flag('is_active'),
  ]
  fields.done('VALIDATION_ERROR')
  return values
}

/** Name, unit, and the bounds for a warning and for a failure, each low and high. */
type Seed = readonly [string, string | null, number | null, number | null, number | null, number | null]

const SEEDS: Readonly<Record<string, readonly Seed[]>> = {
  library_prep: [
    ['Library Concentration', 'ng/μL', 2, 100, 1, 200],
    ['Fragment Size', 'bp', 250, 450, 200, 500],
    ['Library Yield', 'ng', 50, 5000, 25, 10_000],
    ['Quality Score', null, 35, null, 30, null],
    ['RIN Score', null, 7, 10, 6, 10],
    ['260/280 Ratio', null, 1.8, 2, 1.7, 2.1],
  ],
  sequencing: [
    ['Cluster Density', 'K/mm²', 800, 1200, 600, 1400],
    ['% PF Clusters', '%', 80, 100, 75, 100],
    ['% Q30', '%', 80, 100, 75, 100],
    ['Error Rate', '%', 0, 0.5, 0, 1],
    ['PhiX Alignment', '%', 0.5, 5, 0.1, 10],
  ],
}

const SEED = `insert into qaqc.qc_metric_definitions (metric_type, name, unit, warning_threshold_low,
  warning_threshold_high, fail_threshold_low, fail_threshold_high)
values ($1, $2, $3, $4, $5, $6, $7) on conflict (name, metric_type) do nothing`

/** Stores the documented definitions that are not stored yet. */
export async function storeDefinitions(query: Query): Promise<void> {
  for (const [type, seeds] of Object.entries(SEEDS)) {
    for (const seed of seeds) await query(SEED, [type, ...seed])
  }
}

/** The active definitions of a type. */
export function definitionsOf(query: Query, type: string): Promise<Definition[]> {
  return query<Definition>(LIST, [type])
}
