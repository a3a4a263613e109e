// The contract of the QA/QC service: reviews, library preparations, trends, definitions, controls, and the dashboard.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientOf, type Answer } from '../testing/client.ts'
import { startContractSystem, type ContractSystem } from '../testing/contract-system.ts'

const ENTITY = '11111111-1111-4111-8111-111111111111'
const REVIEW = { entity_type: 'sample', entity_id: ENTITY, review_type: 'manual' }
const PREP = { concentration_ng_ul: 50, volume_ul: 10, fragment_size_bp: 300, quality_score: 36 }
const CONTROL = { name: 'PhiX', control_type: 'positive', expected_concentration: 10, expected_fragment_size: 500 }

let system: ContractSystem

beforeAll(async () => {
  // Nobody is there to take events: they have to wait.
  const env = { EVENT_SERVICE_URL: 'http://127.63.7.9:8087' }
  system = await startContractSystem('127.63.7', { name: 'qaqc', port: 8089, env })
}, 90_000)

afterAll(() => system.stop())

function call(what: string, body?: unknown, base = system.service.base): Promise<Answer> {
  return clientOf(base)(what, body, system.user.token)
}

async function idOf(what: string, body: object): Promise<string> {
  const answer = await call(what, body)
  if (answer.status !== 200) throw new Error(`${what} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  return (answer.body as { id: string }).id
}

async function eventsOf(subject: string): Promise<string[]> {
  const sql = 'select event_type from qaqc.outbox where subject = $1 order by id'
  const rows = await system.postgres.read<{ event_type: string }>(sql, [subject])
  return rows.map(({ event_type }) => event_type)
}

describe('reviews', () => {
  it('POST /api/v1/qc/reviews -> 200: asked for, pending, of normal priority', async () => {
    const { status, body } = await call('POST /api/v1/qc/reviews', { ...REVIEW, notes: 'look', metadata: { a: 1 } })
    const wanted = { ...REVIEW, status: 'pending', priority: 'normal', requested_by: system.user.id, decision: null }
    expect([status, body]).toMatchObject([200, { ...wanted, notes: 'look', metadata: { a: 1 } }])
  })

  it('GET /api/v1/qc/reviews/:id -> 200: one', async () => {
    const id = await idOf('POST /api/v1/qc/reviews', REVIEW)
    expect((await call(`GET /api/v1/qc/reviews/${id}`)).body).toMatchObject({ ...REVIEW, id })
  })

  it('GET /api/v1/qc/reviews -> 200: newest first, filtered, in pages', async () => {
    const first = await idOf('POST /api/v1/qc/reviews', { ...REVIEW, review_type: 'external', priority: 'high' })
    const second = await idOf('POST /api/v1/qc/reviews', { ...REVIEW, review_type: 'external', priority: 'high' })
    const filters = 'review_type=external&priority=high&status=pending'
    expect((await call(`GET /api/v1/qc/reviews?${filters}`)).body).toMatchObject([{ id: second }, { id: first }])
    expect((await call(`GET /api/v1/qc/reviews?${filters}&page_size=1&page=2`)).body).toMatchObject([{ id: first }])
    expect((await call(`GET /api/v1/qc/reviews?reviewer_id=${ENTITY}`)).body).toEqual([])
  })

  it('POST /api/v1/qc/reviews/:id/complete -> 200: decided, and told', async () => {
    const id = await idOf('POST /api/v1/qc/reviews', REVIEW)
    const decided = { decision: 'conditional', comments: 'wash', deviations: ['d'], corrective_actions: ['a', 'b'] }
    const { status, body } = await call(`POST /api/v1/qc/reviews/${id}/complete`, decided)
    const { comments: review_comments, ...rest } = decided
    const wanted = { ...rest, review_comments, status: 'completed', reviewer_id: system.user.id }
    expect([status, body]).toMatchObject([200, { ...wanted, completed_at: expect.any(String) }])
    expect(await eventsOf(id)).toEqual(['qc.review_requested', 'qc.review_completed'])
  })

  it('POST /api/v1/qc/reviews/:id/complete -> 409: of many who decide at the same time one does', async () => {
    const id = await idOf('POST /api/v1/qc/reviews', REVIEW)
    const decide = (decision: string) => call(`POST /api/v1/qc/reviews/${id}/complete`, { decision })
    const answers = await Promise.all(['approved', 'rejected', 'approved', 'repeat_required'].map(decide))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
    const winner = answers.find(({ status }) => status === 200)?.body
    expect((await call(`GET /api/v1/qc/reviews/${id}`)).body).toEqual(winner)
    expect(await eventsOf(id)).toEqual(['qc.review_requested', 'qc.review_completed'])
  })

  it('GET /api/v1/qc/dashboard -> 200: follows what is decided', async () => {
    const figures = async () => (await call('GET /api/v1/qc/dashboard')).body as Record<string, number>
    const before = await figures()
    for (const decision of ['approved', 'repeat_required']) {
      const id = await idOf('POST /api/v1/qc/reviews', REVIEW)
      await call(`POST /api/v1/qc/reviews/${id}/complete`, { decision })
    }
    await idOf('POST /api/v1/qc/reviews', REVIEW)
    const after = await figures()
    const grown = (name: string): number => (after[name] ?? Number.NaN) - (before[name] ?? 0)
    expect(['pending_reviews', 'completed_today', 'failed_today'].map(grown)).toEqual([1, 2, 1])
    expect(after.pass_rate_week).toBeGreaterThan(0)
    expect(after.average_turnaround_hours).toBeGreaterThan(0)
  })
})

describe('library preparations', () => {
  it.each([
    ['passed', {}],
    ['conditional', { concentration_ng_ul: 150 }],
    ['failed', { fragment_size_bp: 600 }],
  ])('POST /api/v1/qc/library-prep -> 200: %s', async (overall_status, more) => {
    const prep = { library_prep_id: ENTITY, ...PREP, ...more }
    const { status, body } = await call('POST /api/v1/qc/library-prep', prep)
    const total_yield_ng = prep.concentration_ng_ul * prep.volume_ul
    const wanted = { ...prep, total_yield_ng, overall_status, performed_by: system.user.id }
    expect([status, body]).toMatchObject([200, wanted])
  })

  it('GET /api/v1/qc/library-prep/:id -> 200: the latest of a preparation', async () => {
    const library_prep_id = '22222222-2222-4222-8222-222222222222'
    await idOf('POST /api/v1/qc/library-prep', { library_prep_id, ...PREP })
    const id = await idOf('POST /api/v1/qc/library-prep', { library_prep_id, quality_score: 10 })
    const { body } = await call(`GET /api/v1/qc/library-prep/${library_prep_id}`)
    expect(body).toMatchObject({ id, overall_status: 'failed', volume_ul: null })
    expect(await eventsOf(library_prep_id)).toEqual(['qc.library_prep_recorded', 'qc.library_prep_recorded'])
  })

  it('POST /api/v1/qc/metrics/definitions -> 200: from now on judged by other thresholds', async () => {
    const name = 'Library Yield'
    const strict = { name, metric_type: 'library_prep', unit: 'ng', fail_threshold_low: 1000 }
    const { status, body } = await call('POST /api/v1/qc/metrics/definitions', strict)
    expect([status, body]).toMatchObject([200, { ...strict, warning_threshold_low: null, is_active: true }])
    const prep = await call('POST /api/v1/qc/library-prep', { library_prep_id: ENTITY, ...PREP })
    expect(prep.body).toMatchObject({ overall_status: 'failed' })
    await call('POST /api/v1/qc/metrics/definitions', { ...strict, fail_threshold_low: 25 })
  })

  it('GET /api/v1/qc/metrics/definitions -> 200: those of a type', async () => {
    const { body } = await call('GET /api/v1/qc/metrics/definitions?metric_type=sequencing')
    const names = (body as { name: string }[]).map(({ name }) => name)
    expect(names.toSorted()).toEqual(['% PF Clusters', '% Q30', 'Cluster Density', 'Error Rate', 'PhiX Alignment'])
  })

  it('GET /api/v1/qc/metrics/trends -> 200: by day and metric', async () => {
    const { status, body } = await call('GET /api/v1/qc/metrics/trends?days=2')
    expect(status).toBe(200)
    const trend = (body as { metric_name: string }[]).find(({ metric_name }) => metric_name === 'Fragment Size')
    expect(trend).toMatchObject({ average_value: expect.any(Number), sample_count: expect.any(Number) })
    expect(trend).toMatchObject({ pass_rate: expect.any(Number) })
    expect((await call('GET /api/v1/qc/metrics/trends?metric_type=sequencing')).body).toEqual([])
  })

  it('GET /api/v1/qc/metrics/recent -> 200: the last ten', async () => {
    const { body } = await call('GET /api/v1/qc/metrics/recent')
    expect(body).toHaveLength(10)
    expect(body).toContainEqual(expect.objectContaining({ type: 'library_prep', status: expect.any(String) }))
  })
})

describe('control samples', () => {
  it('POST /api/v1/qc/control-samples -> 200, GET /api/v1/qc/control-samples -> 200: stored as said', async () => {
    const id = await idOf('POST /api/v1/qc/control-samples', { ...CONTROL, lot_number: 'L1' })
    const { body } = await call('GET /api/v1/qc/control-samples?is_active=true')
    expect(body).toContainEqual(expect.objectContaining({ ...CONTROL, id, lot_number: 'L1', tolerance_percent: 10 }))
    expect((await call('GET /api/v1/qc/control-samples?is_active=false')).body).toEqual([])
  })

  it('POST /api/v1/qc/control-samples/results -> 200, GET /api/v1/qc/control-samples/:id/results -> 200', async () => {
    const id = await idOf('POST /api/v1/qc/control-samples', CONTROL)
    const measure = async (measured_concentration: number) => {
      const result = { control_sample_id: id, measured_concentration, measured_fragment_size: 510 }
      return ((await call('POST /api/v1/qc/control-samples/results', result)).body as { passed: boolean }).passed
    }
    expect([await measure(10.9), await measure(12)]).toEqual([true, false])
    const { body } = await call(`GET /api/v1/qc/control-samples/${id}/results`)
    expect(body).toMatchObject([{ passed: false }, { passed: true, performed_by: system.user.id }])
  })
})

it('the shipped defect: a second decision overwrites the first', async () => {
  const shipped = system.more({ name: 'qaqc', port: 8089, env: { DEFECTS: 'reviews-overwritten' } }, '127.63.7.7')
  await shipped.waitUntil('/health/ready', 200)
  const path = `POST /api/v1/qc/reviews/${await idOf('POST /api/v1/qc/reviews', REVIEW)}/complete`
  const decide = async (decision: string) => (await call(path, { decision }, shipped.base)).status
  expect([await decide('approved'), await decide('rejected')]).toEqual([200, 200])
})
