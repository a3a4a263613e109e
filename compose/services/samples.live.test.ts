// Walks a sample's life through the real gateway, services and database, refusals, races and metrics included.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientOf, newUser, type Call } from './testing/client.ts'
import { startSystem, type TestSystem } from './testing/system.ts'

let system: TestSystem
let call: Call
let token: string

beforeAll(async () => {
  const sample = { SAMPLE_MAX_BATCH_SIZE: '3' }
  system = await startSystem('127.61.2', { gateway: { RATE_LIMIT_MULTIPLIER: '100' }, sample })
  call = clientOf(system.gateway.base)
  token = (await newUser(call, 'lab@lab.test')).token
}, 30_000)

afterAll(() => system.stop())

const DNA = { name: 'a sample', sample_type: 'DNA', concentration: 12.5, volume: 3, quality_score: 0.9 }

async function create(more: object = {}): Promise<string> {
  const { status, data, body } = await call('POST /api/samples', { ...DNA, ...more }, token)
  if (status !== 200) throw new Error(`create answered ${status}: ${JSON.stringify(body)}`)
  return String(data.id)
}

function metric(text: string, name: string): number {
  const line = text.split('\n').find((one) => one.startsWith(`${name} `))
  return Number(line?.split(' ').at(-1))
}

async function metrics(): Promise<string> {
  return (await fetch(`${system.sample.base}/metrics`)).text()
}

describe('one sample', () => {
  it('is created, read by id and barcode, changed, and lists under its filters', async () => {
    const created = await call('POST /api/samples', { ...DNA, barcode: 'LIFE 1/a', metadata: { run: 'x' } }, token)
    const wanted = { status: 'Pending', concentration: 12.5, metadata: { run: 'x' }, template_id: null }
    expect(created.data).toMatchObject(wanted)
    const { id } = created.data
    expect((await call('GET /api/samples/barcode/LIFE%201%2Fa', undefined, token)).data.id).toBe(id)
    const changed = await call(`PUT /api/samples/${id}`, { volume: 7.25 }, token)
    expect(changed.data).toMatchObject({ volume: 7.25, concentration: 12.5, metadata: { run: 'x' } })
    const filters = 'search=LIFE%201&status=Pending&sample_type=DNA&page_size=5'
    const list = await call(`GET /api/samples?${filters}`, undefined, token)
    expect(list.data).toMatchObject({ total_count: 1, page: 1, page_size: 5, total_pages: 1, samples: [{ id }] })
    const wildcard = await call('GET /api/samples?search=%25IFE', undefined, token)
    expect(wildcard.data.total_count).toBe(0)
  })

  it('gets a barcode when it has none', async () => {
    const created = await call('POST /api/samples', { name: 'bare', sample_type: 'RNA' }, token)
    expect(created.data.barcode).toMatch(/^LAB-\d{14}-\d{4}$/)
  })

  it('goes its way step by step, with one history row per step and the metrics following', async () => {
    const before = await metrics()
    const id = await create({ metadata: { priority: 'urgent' } })
    const queue = 'sample_queue_size{service="sample",priority="urgent"}'
    expect(metric(await metrics(), queue)).toBe(metric(before, queue) + 1)
    for (const new_status of ['Validated', 'InSequencing', 'Completed']) {
      const moved = await call(`PUT /api/samples/${id}/status`, { new_status, reason: 'test' }, token)
      expect([moved.status, moved.data.status]).toEqual([200, new_status])
    }
    const wrong = await call(`PUT /api/samples/${id}/status`, { new_status: 'Pending' }, token)
    expect([wrong.status, wrong.code]).toEqual([400, 'invalid_workflow_transition'])
    const history = await system.postgres.read<{ step: string }>(
      `select previous_status || '>' || new_status as step from sample.sample_status_history
       where sample_id = $1 order by id`,
      [id],
    )
    const steps = ['pending>validated', 'validated>in_sequencing', 'in_sequencing>completed']
    expect(history.map(({ step }) => step)).toEqual(steps)
    const after = await metrics()
    expect(metric(after, queue)).toBe(metric(before, queue))
    const done = 'sample_processed_total{service="sample",status="completed",sample_type="DNA"}'
    expect(metric(after, done)).toBe(metric(before, done) + 1)
    expect(metric(after, 'sample_turnaround_time_seconds{sample_type="DNA"}')).toBeGreaterThan(0)
  })

  it('has been under way since the laboratory received it, not since somebody entered it', async () => {
    const received_at = new Date(Date.now() - 80 * 3_600_000).toISOString()
    const id = await create({ sample_type: 'Swab', metadata: { received_at } })
    for (const new_status of ['Validated', 'InSequencing', 'Completed']) {
      await call(`PUT /api/samples/${id}/status`, { new_status }, token)
    }
    const hours = metric(await metrics(), 'sample_turnaround_time_seconds{sample_type="Swab"}') / 3600
    expect(hours).toBeCloseTo(80, 1)
  })

  it('is gone after its deletion, its barcode stays taken, and none is deleted out of sequencing', async () => {
    const id = await create({ barcode: 'GONE-1' })
    expect((await call(`DELETE /api/samples/${id}`, undefined, token)).status).toBe(200)
    expect((await call(`GET /api/samples/${id}`, undefined, token)).code).toBe('sample_not_found')
    expect((await call('POST /api/samples', { ...DNA, barcode: 'GONE-1' }, token)).code).toBe('duplicate_barcode')
    const busy = await create()
    for (const new_status of ['Validated', 'InSequencing']) {
      await call(`PUT /api/samples/${busy}/status`, { new_status }, token)
    }
    expect((await call(`DELETE /api/samples/${busy}`, undefined, token)).code).toBe('business_rule_violation')
  })

  it('of many with one barcode exactly one is stored', async () => {
    const tries = Array.from({ length: 8 }, () => call('POST /api/samples', { ...DNA, barcode: 'RACE-1' }, token))
    const answers = (await Promise.all(tries)).map(({ status, code }) => `${status} ${code}`)
    expect(answers.sort()).toEqual(['200 ', ...Array.from({ length: 7 }, () => '409 duplicate_barcode')])
  })

  it('moved by many at once is moved once, with one history row', async () => {
    const id = await create()
    const move = () => call(`PUT /api/samples/${id}/status`, { new_status: 'Validated' }, token)
    const statuses = (await Promise.all(Array.from({ length: 8 }, move))).map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.every((status) => [200, 400, 409].includes(status))).toBe(true)
    const sql = 'select count(*)::int as n from sample.sample_status_history where sample_id = $1'
    expect(await system.postgres.read(sql, [id])).toEqual([{ n: 1 }])
  })

  it('is judged by its values, and the judgement is counted', async () => {
    const id = await create({ quality_score: 0.1 })
    const before = await metrics()
    const verdict = await call(`POST /api/samples/${id}/validate`, undefined, token)
    expect([verdict.status, verdict.data.is_valid]).toEqual([200, false])
    const name = 'sample_validation_failures_total{service="sample"}'
    expect(metric(await metrics(), name)).toBe(metric(before, name) + 1)
  })
})

describe('batches', () => {
  it('store what is right and name what is wrong', async () => {
    const samples = [{ ...DNA, barcode: 'BATCH-1' }, { ...DNA, sample_type: 'dna' }, { ...DNA, barcode: 'BATCH-1' }]
    const { data } = await call('POST /api/samples/batch', { samples }, token)
    expect(data).toMatchObject({ total_created: 1, total_failed: 2, failed_samples: [{ index: 1 }, { index: 2 }] })
  })

  it('are refused over the limit', async () => {
    const answer = await call('POST /api/samples/batch', { samples: [DNA, DNA, DNA, DNA] }, token)
    expect([answer.status, answer.code]).toEqual([429, 'resource_limit_exceeded'])
  })

  it('are validated together, unknown ids being invalid', async () => {
    const sample_ids = [await create(), '00000000-0000-4000-8000-000000000000']
    const { data } = await call('POST /api/samples/batch/validate', { sample_ids }, token)
    expect(data).toMatchObject({ overall_valid: false, valid_samples: 1, invalid_samples: 1 })
  })
})

describe('refusals', () => {
  it.each([
    ['an unknown type', { ...DNA, sample_type: 'dna' }, 400, 'validation_error'],
    ['a quality over 1', { ...DNA, quality_score: 1.2 }, 400, 'validation_error'],
    ['an empty name', { ...DNA, name: '' }, 400, 'validation_error'],
    ['a NUL in the metadata', { ...DNA, metadata: { a: '\0' } }, 400, 'validation_error'],
    ['a missing name', { sample_type: 'DNA' }, 422, ''],
    ['a name that is a number', { ...DNA, name: 7 }, 422, ''],
  ])('%s', async (_what, body, status, code) => {
    const answer = await call('POST /api/samples', body, token)
    expect([answer.status, answer.code]).toEqual([status, code])
  })

  it.each([
    ['no token', undefined],
    ['a token of nobody', 'a.b.c'],
  ])('%s', async (_what, wrong) => {
    const answer = await call('GET /api/samples', undefined, wrong)
    expect([answer.status, answer.code]).toEqual([401, 'authentication_error'])
  })

  it.each([
    ['GET /api/samples/no-uuid', 400],
    ['GET /api/samples?page=0', 400],
    ['GET /api/samples?status=pending', 400],
    ['GET /api/samples/batch', 405],
    ['GET /api/nothing', 404],
  ])('%s is %i', async (what, status) => {
    expect((await call(what, undefined, token)).status).toBe(status)
  })
})
