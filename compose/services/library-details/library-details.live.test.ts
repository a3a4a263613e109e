// The contract of the library details service: libraries and their measurements.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientOf, type Answer } from '../testing/client.ts'
import { startContractSystem, type ContractSystem } from '../testing/contract-system.ts'

const NOWHERE = '00000000-0000-4000-8000-000000000000'
const LIBRARY = { name: 'lib', library_type: 'dna', concentration: 50, volume: 10, metadata: { run: 'x' } }

let system: ContractSystem

beforeAll(async () => {
  // Nobody is there to take events: they have to wait.
  const env = { EVENT_SERVICE_URL: 'http://127.63.4.9:8087', MAX_BATCH_SIZE: '3' }
  system = await startContractSystem('127.63.4', { name: 'library-details', port: 8080, env })
}, 90_000)

afterAll(() => system.stop())

function call(what: string, body?: unknown): Promise<Answer> {
  return system.call(what, body, system.user.token)
}

async function idOf(what: string, body: object): Promise<string> {
  const answer = await call(what, body)
  if (answer.status !== 201) throw new Error(`${what} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  return (answer.body as { id: string }).id
}

function library(more: object = {}): Promise<string> {
  return idOf('POST /api/v1/libraries', { ...LIBRARY, ...more })
}

describe('libraries', () => {
  it('POST /api/v1/libraries -> 201: stored as said, pending', async () => {
    const { status, body } = await call('POST /api/v1/libraries', { ...LIBRARY, barcode: 'B-1' })
    expect([status, body]).toMatchObject([201, { ...LIBRARY, barcode: 'B-1', status: 'Pending', quality_score: null }])
  })

  it('GET /api/v1/libraries/:id -> 200: one', async () => {
    const id = await library()
    const { status, body } = await call(`GET /api/v1/libraries/${id}`)
    expect([status, body]).toMatchObject([200, { ...LIBRARY, id }])
  })

  it('GET /api/v1/libraries -> 200: newest first, by sample and status', async () => {
    const sample_id = '11111111-1111-4111-8111-111111111111'
    const first = await library({ sample_id })
    const second = await library({ sample_id })
    const { status, body } = await call(`GET /api/v1/libraries?sample_id=${sample_id}&status=Pending`)
    expect([status, body]).toMatchObject([200, [{ id: second }, { id: first }]])
    expect((await call(`GET /api/v1/libraries?sample_id=${sample_id}&status=approved`)).body).toEqual([])
    expect((await call(`GET /api/v1/libraries?sample_id=${sample_id}&page_size=1`)).body).toHaveLength(1)
  })

  it('PUT /api/v1/libraries/:id -> 200: what is said changes, the rest stays, and it is told', async () => {
    const id = await library()
    const { status, body } = await call(`PUT /api/v1/libraries/${id}`, { volume: 7, status: 'InPreparation' })
    expect([status, body]).toMatchObject([200, { ...LIBRARY, volume: 7, status: 'InPreparation' }])
    const sql = 'select event_type from library_details.outbox where subject = $1 order by id'
    const events = await system.postgres.read<{ event_type: string }>(sql, [id])
    const types = ['library.created', 'library.updated', 'library.status_changed']
    expect(events.map(({ event_type }) => event_type)).toEqual(types)
  })

  it('changed by many at once, again and again, no change is forgotten', async () => {
    const id = await library()
    for (let round = 1; round <= 10; round += 1) {
      const changes = [{ volume: round }, { concentration: round }, { barcode: `R-${round}` }, { name: `N-${round}` }]
      await Promise.all(changes.map((change) => call(`PUT /api/v1/libraries/${id}`, change)))
      expect((await call(`GET /api/v1/libraries/${id}`)).body).toMatchObject(Object.assign({}, ...changes))
    }
  })

  it('DELETE /api/v1/libraries/:id -> 204: gone, with its measurements', async () => {
    const id = await library()
    await call('POST /api/v1/qc/metrics', { library_id: id, metric_type: 'rqn', value: 8 })
    expect((await call(`DELETE /api/v1/libraries/${id}`)).status).toBe(204)
    expect((await call(`GET /api/v1/libraries/${id}`)).code).toBe('LIBRARY_NOT_FOUND')
    expect((await call(`GET /api/v1/qc/metrics?library_id=${id}`)).body).toEqual([])
  })

  it('POST /api/v1/libraries/:id/normalize -> 200: diluted, to be judged anew', async () => {
    const id = await library()
    const { status, body } = await call(`POST /api/v1/libraries/${id}/normalize`, { target_concentration: 20 })
    expect([status, body]).toMatchObject([200, { concentration: 20, volume: 25, status: 'QualityControl' }])
  })

  it('POST /api/v1/libraries/:id/calculate -> 200: figures of its measurements', async () => {
    const id = await library()
    for (const value of [40, 60]) {
      await call('POST /api/v1/qc/metrics', { library_id: id, metric_type: 'concentration', value, threshold_max: 55 })
    }
    const { status, body } = await call(`POST /api/v1/libraries/${id}/calculate`)
    expect([status, body]).toMatchObject([200, { concentration_mean: 50, success_rate: 0.5, throughput: null }])
  })

  it('POST /api/v1/libraries/batch -> 201: all of them', async () => {
    const { status, body } = await call('POST /api/v1/libraries/batch', { libraries: [LIBRARY, LIBRARY] })
    expect([status, body]).toMatchObject([201, [LIBRARY, LIBRARY]])
  })

  it('POST /api/v1/libraries/batch -> 400: one that cannot be stored, and none is', async () => {
    const libraries = [{ ...LIBRARY, barcode: 'ATOMIC' }, { ...LIBRARY, preparation_protocol_id: NOWHERE }]
    expect((await call('POST /api/v1/libraries/batch', { libraries })).code).toBe('VALIDATION_ERROR')
    const sql = `select 1 from library_details.libraries where barcode = 'ATOMIC'`
    expect(await system.postgres.read(sql)).toEqual([])
    const many = Array.from({ length: 4 }, () => LIBRARY)
    expect((await call('POST /api/v1/libraries/batch', { libraries: many })).status).toBe(400)
  })
})

describe('measurements', () => {
  it('POST /api/v1/qc/metrics -> 201: judged; a quality score is that of the library', async () => {
    const library_id = await library()
    const metric = { library_id, metric_type: 'quality_score', value: 0.75, threshold_min: 0.7 }
    const { status, body } = await call('POST /api/v1/qc/metrics', metric)
    expect([status, body]).toMatchObject([201, { ...metric, status: 'Warning', operator_id: system.user.id }])
    expect((await call(`GET /api/v1/libraries/${library_id}`)).body).toMatchObject({ quality_score: 0.75 })
  })

  it('GET /api/v1/qc/metrics -> 200, POST /api/v1/qc/reports -> 200: the worst decides', async () => {
    const library_id = await library()
    for (const [metric_type, value] of [['rqn', 9], ['dv200', 3]]) {
      await call('POST /api/v1/qc/metrics', { library_id, metric_type, value, threshold_min: 5 })
    }
    expect((await call(`GET /api/v1/qc/metrics?library_id=${library_id}&metric_type=rqn`)).body).toHaveLength(1)
    const { status, body } = await call('POST /api/v1/qc/reports', { library_id })
    expect([status, body]).toMatchObject([200, { library_id, overall_status: 'Fail', metrics: [{}, {}] }])
  })

  it('GET /api/v1/qc/thresholds -> 200: ranges of common measurements', async () => {
    expect((await call('GET /api/v1/qc/thresholds')).body).toMatchObject({ rqn: [7, 10] })
  })

  it('POST /api/v1/qc/reports -> 422: nothing was measured', async () => {
    const answer = await call('POST /api/v1/qc/reports', { library_id: await library() })
    expect([answer.status, answer.code]).toEqual([422, 'QC_FAILED'])
  })
})

it('the shipped defect: a batch that is refused is stored in part', async () => {
  const env = { DEFECTS: 'partial-batches' }
  const shipped = system.more({ name: 'library-details', port: 8080, env }, '127.63.4.7')
  await shipped.waitUntil('/health/ready', 200)
  const libraries = [{ ...LIBRARY, barcode: 'PARTIAL' }, { ...LIBRARY, preparation_protocol_id: NOWHERE }]
  const answer = await clientOf(shipped.base)('POST /api/v1/libraries/batch', { libraries }, system.user.token)
  expect(answer.status).toBe(400)
  const sql = `select count(*)::int as n from library_details.libraries where barcode = 'PARTIAL'`
  expect(await system.postgres.read(sql)).toEqual([{ n: 1 }])
})
