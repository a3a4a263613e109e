// The contract of the sample service, route by route, asked of it directly.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../testing/client.ts'
import { startContractSystem, type ContractSystem } from '../testing/contract-system.ts'
import { askedBy, type Filling } from '../testing/route-title.ts'

const DNA = { name: 'a sample', sample_type: 'DNA', concentration: 12.5, metadata: { run: 'x' } }

let system: ContractSystem

beforeAll(async () => {
  system = await startContractSystem('127.65.3', { name: 'sample', port: 8081 })
}, 60_000)

afterAll(() => system.stop())

/** Asks what the title says, as the first user. */
async function ask(title: string, body?: unknown, filling: Filling = {}): Promise<Answer> {
  const { what, status } = askedBy(title, filling)
  const answer = await system.call(what, body, system.user.token)
  expect([answer.status, answer.body]).toMatchObject([status, { success: true }])
  return answer
}

async function create(more: object = {}): Promise<{ ids: { id: string } }> {
  const { data } = await system.call('POST /samples', { ...DNA, ...more }, system.user.token)
  return { ids: { id: String(data.id) } }
}

describe('one sample', () => {
  it('POST /samples -> 200: stored as it was brought, by who brought it', async ({ task }) => {
    const { data } = await ask(task.name, { ...DNA, barcode: 'ONE-1' })
    expect(data).toMatchObject({ ...DNA, barcode: 'ONE-1', status: 'Pending', created_by: system.user.id, notes: null })
  })

  it('GET /samples -> 200: newest first, filtered, in pages', async ({ task }) => {
    const { ids } = await create({ name: 'to be found' })
    const { data } = await ask(task.name, undefined, { query: 'search=found&status=Pending&page_size=1' })
    expect(data).toMatchObject({ samples: [{ id: ids.id }], total_count: 1, page: 1, page_size: 1, total_pages: 1 })
  })

  it('GET /samples/:id -> 200', async ({ task }) => {
    const filling = await create()
    expect((await ask(task.name, undefined, filling)).data).toMatchObject({ ...DNA, ...filling.ids })
  })

  it('GET /samples/barcode/:barcode -> 200: whatever is in a barcode', async ({ task }) => {
    const { ids } = await create({ barcode: 'BAR 1/a' })
    expect((await ask(task.name, undefined, { ids: { barcode: 'BAR%201%2Fa' } })).data.id).toBe(ids.id)
  })

  it('PUT /samples/:id -> 200: what is not named stays', async ({ task }) => {
    const filling = await create()
    const { data } = await ask(task.name, { volume: 7.25 }, filling)
    expect(data).toMatchObject({ ...DNA, volume: 7.25, updated_by: system.user.id })
  })

  it('PUT /samples/:id/status -> 200: one step', async ({ task }) => {
    const { data } = await ask(task.name, { new_status: 'Validated', reason: 'seen' }, await create())
    expect(data.status).toBe('Validated')
  })

  it('POST /samples/:id/validate -> 200: its status stays', async ({ task }) => {
    const filling = await create()
    expect((await ask(task.name, undefined, filling)).data).toMatchObject({ is_valid: true, sample_id: filling.ids.id, errors: [] })
    expect((await ask('GET /samples/:id -> 200', undefined, filling)).data.status).toBe('Pending')
  })

  it('DELETE /samples/:id -> 200: its row stays', async ({ task }) => {
    const filling = await create()
    await ask(task.name, undefined, filling)
    expect((await system.call(`GET /samples/${filling.ids.id}`, undefined, system.user.token)).code).toBe('sample_not_found')
    const sql = 'select status from sample.samples where id = $1'
    expect(await system.postgres.read(sql, [filling.ids.id])).toEqual([{ status: 'deleted' }])
  })
})

describe('many', () => {
  it('POST /samples/batch -> 200: what is right is stored, what is wrong is named', async ({ task }) => {
    const { data } = await ask(task.name, { samples: [DNA, { ...DNA, sample_type: 'dna' }] })
    expect(data).toMatchObject({ total_created: 1, total_failed: 1, created_samples: [DNA], failed_samples: [{ index: 1 }] })
  })

  it('POST /samples/batch/validate -> 200: those that are and those that are not', async ({ task }) => {
    const { ids } = await create()
    const { data } = await ask(task.name, { sample_ids: [ids.id, '00000000-0000-4000-8000-000000000000'] })
    expect(data).toMatchObject({ overall_valid: false, total_samples: 2, valid_samples: 1, invalid_samples: 1 })
  })
})
