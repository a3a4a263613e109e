// Control samples: known values that every run has to find again.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { jsonBody, uuidParam } from '../kit/fields.ts'
import { pageOf, queryOf } from '../kit/query.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import { refuse } from './refusals.ts'
import { isWithin } from './thresholds.ts'
import type { QaqcWorld } from './world.ts'

const ROOT = '/api/v1/qc/control-samples'
const LIST = `select * from qaqc.qc_control_samples where ($3::boolean is null or is_active = $3)
order by name, id limit $1 offset $2`
const RESULTS = `select * from qaqc.qc_control_results where control_sample_id = $1 order by created_at desc limit 50`
const SIZE = { min: 0, max: 1_000_000_000 }
const AMOUNT = { min: 0, max: 1e9 }

interface Control {
  readonly id: string
  readonly expected_concentration: number | null
  readonly expected_fragment_size: number | null
  readonly tolerance_percent: number
}

/** All routes under /api/v1/qc/control-samples. */
export function controlRoutes(app: FastifyInstance, world: QaqcWorld): void {
  const { query } = world.database
  app.get(ROOT, async (request) => {
    const wish = queryOf(request, 'VALIDATION_ERROR')
    const page = pageOf(wish, { size: 'page_size', fallback: 100, max: 500 })
    return query(LIST, [page.size, page.offset, wish.flag('is_active')])
  })
  app.post(ROOT, async (request) => create(world, request))
  app.post(`${ROOT}/results`, async (request) => record(world, request))
  app.get(`${ROOT}/:id/results`, async (request) => {
    const { id } = await control(world, uuidParam(request))
    return query(RESULTS, [id])
  })
}

const INSERT = `insert into qaqc.qc_control_samples (name, control_type, expected_concentration,
  expected_fragment_size, tolerance_percent, lot_number, expiry_date, storage_location, metadata, created_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning *`

async function create({ database, callerOf }: QaqcWorld, request: FastifyRequest): Promise<object> {
  const fields = typedFieldsOf(jsonBody(request))
  const values = [
    fields.text('name', { min: 1, max: 255 }),
    fields.text('control_type', { min: 1, max: 100 }),
    fields.optionalNumber('expected_concentration', AMOUNT),
    fields.optionalWhole('expected_fragment_size', SIZE),
    fields.optionalNumber('tolerance_percent', { min: 0, max: 100 }) ?? 10,
    fields.optionalText('lot_number', { max: 255 }),
    fields.optionalMoment('expiry_date'),
    fields.optionalText('storage_location', { max: 255 }),
    fields.optionalObject('metadata'),
    callerOf(request).userId,
  ]
  fields.done('VALIDATION_ERROR')
  const [row] = await database.query(INSERT, values)
  return row ?? {}
}

const RECORD = `insert into qaqc.qc_control_results (control_sample_id, run_id, measured_concentration,
  measured_fragment_size, passed, performed_by, notes)
values ($1, $2, $3, $4, $5, $6, $7) returning *`

async function record(world: QaqcWorld, request: FastifyRequest): Promise<object> {
  const fields = typedFieldsOf(jsonBody(request))
  const id = fields.uuid('control_sample_id')
  const run = fields.optionalUuid('run_id')
  const concentration = fields.optionalNumber('measured_concentration', AMOUNT)
  const size = fields.optionalWhole('measured_fragment_size', SIZE)
  const notes = fields.optionalText('notes')
  fields.done('VALIDATION_ERROR')
  const { expected_concentration, expected_fragment_size, tolerance_percent } = await control(world, id)
  const passed =
    isWithin(concentration, expected_concentration, tolerance_percent) &&
    isWithin(size, expected_fragment_size, tolerance_percent)
  const by = world.callerOf(request).userId
  return world.database.transaction(async (query) => {
    const [row] = await query(RECORD, [id, run, concentration, size, passed, by, notes])
    const payload = { control_sample_id: id, run_id: run, passed }
    await world.outbox.add(query, { type: 'qc.control_recorded', payload, subject: id })
    return row ?? {}
  })
}

async function control({ database }: QaqcWorld, id: string): Promise<Control> {
  const [row] = await database.query<Control>('select * from qaqc.qc_control_samples where id = $1', [id])
  if (row === undefined) throw refuse('NOT_FOUND', `Control sample ${id} not found`)
  return row
}
