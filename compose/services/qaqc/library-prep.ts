// Measurements of library preparations: judged by the thresholds of the day, kept, and part of the trends.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { jsonBody, uuidParam } from '../kit/fields.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import { definitionsOf, type Definition } from './definitions.ts'
import { refuse } from './refusals.ts'
import { statusOf, worthOf, type Worth } from './thresholds.ts'
import type { QaqcWorld } from './world.ts'

/** What is measured, and the definition it is judged by. */
const METRICS = {
  concentration_ng_ul: 'Library Concentration',
  total_yield_ng: 'Library Yield',
  fragment_size_bp: 'Fragment Size',
  quality_score: 'Quality Score',
} as const

type Measured = Readonly<Record<keyof typeof METRICS, number | null>>

/** A value of a metric that has a definition. */
interface Judged {
  readonly name: string
  readonly unit: string | null
  readonly value: number
  readonly worth: Worth
}

/** POST /api/v1/qc/library-prep and GET /api/v1/qc/library-prep/:id, the latest of a preparation. */
export function libraryPrepRoutes(app: FastifyInstance, world: QaqcWorld): void {
  app.post('/api/v1/qc/library-prep', (request) => record(world, request))
  app.get('/api/v1/qc/library-prep/:id', async (request) => {
    const id = uuidParam(request)
    const sql = 'select * from qaqc.library_prep_qc where library_prep_id = $1 order by created_at desc limit 1'
    const [row] = await world.database.query(sql, [id])
    if (row === undefined) throw refuse('NOT_FOUND', `Library prep QC of ${id} not found`)
    return row
  })
}

const INSERT = `insert into qaqc.library_prep_qc (library_prep_id, concentration_ng_ul, volume_ul, total_yield_ng,
  fragment_size_bp, quality_score, overall_status, performed_by, notes)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning *`

const REMEMBER = `insert into qaqc.qc_metric_history
  (metric_type, entity_id, recorded_by, metric_name, unit, value, status)
select 'library_prep', $1, $2, * from unnest($3::text[], $4::text[], $5::double precision[], $6::text[])`

async function record({ database, outbox, callerOf }: QaqcWorld, request: FastifyRequest): Promise<object> {
  const by = callerOf(request).userId
  const { id, volume, notes, measured } = readPrep(request)
  return database.transaction(async (query) => {
    const judged = judge(measured, await definitionsOf(query, 'library_prep'))
    const status = statusOf(judged.map(({ worth }) => worth))
    const { concentration_ng_ul, total_yield_ng, fragment_size_bp, quality_score } = measured
    const amounts = [concentration_ng_ul, volume, total_yield_ng, fragment_size_bp, quality_score]
    const [row] = await query(INSERT, [id, ...amounts, status, by, notes])
    const columns = [
      judged.map(({ name }) => name),
      judged.map(({ unit }) => unit),
      judged.map(({ value }) => value),
      judged.map(({ worth }) => worth),
    ]
    await query(REMEMBER, [id, by, ...columns])
    const payload = { library_prep_id: id, overall_status: status }
    await outbox.add(query, { type: 'qc.library_prep_recorded', payload, subject: id })
    return row ?? {}
  })
}

/** A yield that is not given follows from concentration and volume. */
function readPrep(request: FastifyRequest) {
  const fields = typedFieldsOf(jsonBody(request))
  const amount = (name: string): number | null => fields.optionalNumber(name, { min: 0, max: 1e9 })
  const volume = amount('volume_ul')
  const concentration = amount('concentration_ng_ul')
  const product = concentration === null || volume === null ? null : concentration * volume
  const prep = {
    id: fields.uuid('library_prep_id'),
    volume,
    notes: fields.optionalText('notes'),
    measured: {
      concentration_ng_ul: concentration,
      total_yield_ng: amount('total_yield_ng') ?? product,
      fragment_size_bp: fields.optionalWhole('fragment_size_bp', { min: 0, max: 1_000_000_000 }),
      quality_score: amount('quality_score'),
    },
  }
  fields.done('VALIDATION_ERROR')
  return prep
}

function judge(measured: Measured, definitions: readonly Definition[]): Judged[] {
  return Object.entries(METRICS).flatMap(([field, name]) => {
    const value = measured[field as keyof Measured]
    const definition = definitions.find((one) => one.name === name)
    if (value === null || definition === undefined) return []
    return [{ name, unit: definition.unit, value, worth: worthOf(value, definition) }]
  })
}
