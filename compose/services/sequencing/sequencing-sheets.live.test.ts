// The sequencing service's contract: sample sheets, and workflows with their executions.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { INTO_QUEUE, LINE, SHEET, startSequencingSystem, WORKFLOW } from './testing/sequencing-system.ts'
import type { SequencingSystem } from './testing/sequencing-system.ts'

let system: SequencingSystem

beforeAll(async () => {
  system = await startSequencingSystem('127.62.22')
}, 90_000)

afterAll(() => system.stop())

it('GET /platforms -> 200: the instruments', async () => {
  const { platforms } = await system.done('GET /platforms', 200)
  expect(platforms).toContainEqual({ id: 'illumina_novaseq', name: 'illumina_novaseq' })
})

const OTHER = { ...LINE, sample_id: 's2', index1: 'TTGTACGT' }

describe('sheets', () => {
  it('POST /sample-sheets -> 200: a draft', async () => {
    const body = await system.done('POST /sample-sheets', 200, { ...SHEET, samples: [LINE, OTHER] })
    expect(body).toMatchObject({ success: true, data: { name: 'plate 7', status: 'draft', sample_count: 2 } })
  })

  it('GET /sample-sheets -> 200: pages of a platform', async () => {
    const id = await system.sheet({ platform_id: 'nanopore' })
    const { data } = await system.done('GET /sample-sheets?platform=nanopore', 200)
    const pagination = { page: 1, page_size: 20, total_count: 1, total_pages: 1 }
    expect(data).toMatchObject({ sample_sheets: [{ id, sample_count: 1 }], pagination })
  })

  it('GET /sample-sheets/:id -> 200: with its lines', async () => {
    const id = await system.sheet()
    const { data } = await system.done(`GET /sample-sheets/${id}`, 200)
    expect(data).toMatchObject({ sample_sheet: { id }, entries: [LINE], validation: null, entry_count: 1 })
  })

  it('POST /sample-sheets/:id/validate -> 200: valid or not, and why', async () => {
    const good = await system.done(`POST /sample-sheets/${await system.sheet()}/validate`, 200)
    expect(good).toMatchObject({ data: { summary: { is_valid: true, new_status: 'validated' } } })
    const id = await system.sheet({ samples: [LINE, { ...OTHER, index1: LINE.index1 }] })
    const bad = await system.done(`POST /sample-sheets/${id}/validate`, 200)
    const validation = { errors: ['s2: has the indexes of s1'], validated_by: system.user.id }
    const summary = { is_valid: false, error_count: 1, warning_count: 0, new_status: 'invalid' }
    expect(bad).toMatchObject({ data: { validation, summary }, message: 'Sample sheet validation failed' })
  })

  it('PUT /sample-sheets/:id -> 200: with other lines it is a draft again', async () => {
    const id = await system.sheet()
    await system.done(`POST /sample-sheets/${id}/validate`, 200)
    const renamed = await system.done(`PUT /sample-sheets/${id}`, 200, { name: 'x' })
    expect(renamed).toMatchObject({ data: { name: 'x', status: 'validated' } })
    const changed = await system.done(`PUT /sample-sheets/${id}`, 200, { samples: [OTHER] })
    expect(changed).toMatchObject({ data: { status: 'draft', validation_errors: null } })
  })

  it('PUT /sample-sheets/:id -> 409: not while a job relies on it', async () => {
    const sample_sheet_id = await system.sheet()
    const job = await system.job(['submitted', 'validated'], { sample_sheet_id })
    expect((await system.ask(`PUT /sample-sheets/${sample_sheet_id}`, { name: 'x' })).status).toBe(409)
    await system.done(`POST /jobs/${job}/cancel`, 200)
    await system.done(`PUT /sample-sheets/${sample_sheet_id}`, 200, { name: 'x' })
  })

  it('DELETE /sample-sheets/:id -> 200: and no job begins with it any more', async () => {
    const sample_sheet_id = await system.sheet()
    const job = await system.job(['submitted'], { sample_sheet_id })
    await system.done(`DELETE /sample-sheets/${sample_sheet_id}`, 200)
    expect((await system.ask(`PUT /jobs/${job}/status`, { status: 'validated' })).status).toBe(404)
  })

  it('no sheet is deleted from under a job that begins at the same time', async () => {
    const pairs = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const sheet = await system.sheet()
        return { sheet, job: await system.job(['submitted'], { sample_sheet_id: sheet }) }
      }),
    )
    const answers = await Promise.all(
      pairs.map(async ({ sheet, job }) => {
        const begin = system.ask(`PUT /jobs/${job}/status`, { status: 'validated' })
        const drop = system.ask(`DELETE /sample-sheets/${sheet}`)
        return [(await begin).status, (await drop).status].join(' ')
      }),
    )
    expect(answers.filter((both) => !['200 409', '404 200'].includes(both))).toEqual([])
  })

  it('GET /sample-sheets/:id/export -> 200: as instruments read it', async () => {
    const id = await system.sheet()
    const { data } = await system.done(`GET /sample-sheets/${id}/export?format=illumina`, 200)
    const content = expect.stringContaining('[Data]\nSample_ID,') as string
    expect(data).toMatchObject({ format: 'illumina', filename: `plate 7_${id}.csv`, content })
  })
})

describe('workflows', () => {
  it('POST /workflows -> 200: for all platforms, if none is named', async () => {
    const { data } = await system.done('POST /workflows', 200, { ...WORKFLOW, platform: 'nanopore' })
    expect(data).toMatchObject({ name: 'mine', platform_ids: ['nanopore'], is_active: true })
    const all = await system.done('POST /workflows', 200, WORKFLOW)
    expect((all.data as { platform_ids: string[] }).platform_ids).toHaveLength(4)
  })

  it('GET /workflows -> 200: the documented one among them', async () => {
    const { data } = await system.done('GET /workflows?workflow_type=whole_genome', 200)
    expect(data).toMatchObject({ workflows: [{ id: 'standard_wgs' }], pagination: { total_count: 1, page_size: 20 } })
  })

  it('GET /workflows/:workflow_id -> 200: with its latest executions', async () => {
    const started = await system.done('POST /workflows/standard_exome/execute', 200, {})
    const { execution } = started.data as { execution: { id: string } }
    const { data } = await system.done('GET /workflows/standard_exome', 200)
    expect(data).toMatchObject({ workflow: { id: 'standard_exome' }, recent_executions: [{ id: execution.id }] })
  })

  it('POST /workflows/:workflow_id/execute -> 200: its first step runs', async () => {
    const job_id = await system.job(INTO_QUEUE)
    const { data } = await system.done('POST /workflows/standard_wgs/execute', 200, { job_id, parameters: { a: 1 } })
    const execution = { job_id, status: 'running', parameters: { a: 1 } }
    expect(data).toMatchObject({ execution, workflow: { id: 'standard_wgs' }, steps_initialized: 4 })
  })

  async function executing(): Promise<string> {
    const { data } = await system.done('POST /workflows/standard_rna_seq/execute', 200, {})
    return (data as { execution: { id: string } }).execution.id
  }

  it('GET /workflows/executions/:id -> 200: how far it is', async () => {
    const { data } = await system.done(`GET /workflows/executions/${await executing()}`, 200)
    expect(data).toMatchObject({ steps: [{ status: 'running' }, {}, {}, {}], progress: { progress_percentage: 0 } })
  })

  it('PUT /workflows/executions/:id/steps/:step -> 200: each step once, to the end', async () => {
    const id = await executing()
    const end = (step: string) => system.ask(`PUT /workflows/executions/${id}/steps/${step}`, { status: 'completed' })
    const first = await Promise.all([1, 2, 3].map(() => end('library_qc')))
    expect(first.map(({ status }) => status).toSorted()).toEqual([200, 400, 400])
    for (const step of ['sequencing', 'demultiplexing', 'analysis']) expect((await end(step)).status).toBe(200)
    const { data } = await system.done(`GET /workflows/executions/${id}`, 200)
    expect(data).toMatchObject({ execution: { status: 'completed' }, progress: { progress_percentage: 100 } })
  })
})
