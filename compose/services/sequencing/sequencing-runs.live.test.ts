// The sequencing service's contract: runs, and how a run and its job begin and end together.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { statuses } from '../testing/client.ts'
import { INTO_QUEUE, RUN, startSequencingSystem, type SequencingSystem } from './testing/sequencing-system.ts'

let system: SequencingSystem

beforeAll(async () => {
  system = await startSequencingSystem('127.62.24')
}, 90_000)

afterAll(() => system.stop())

const SUCCESS = 'sequencing_runs_completed{instrument="illumina_novaseq",run_type="whole_genome",status="success"}'
const ABORTED = SUCCESS.replace('success', 'aborted')

describe('runs', () => {
  it('POST /runs -> 201: for a queued job, with what the job knows', async () => {
    const sample_sheet_id = await system.sheet()
    const job_id = await system.job(INTO_QUEUE, { sample_sheet_id })
    const id = await system.run({ job_id })
    const run = await system.done(`GET /runs/${id}`, 200)
    expect(run).toMatchObject({ status: 'preparing', run_type: 'whole_genome', sample_count: 1, job_id })
    expect(await system.done(`GET /jobs/${job_id}`, 200)).toMatchObject({ run_id: id, status: 'queued' })
  })

  it('POST /api/sequencing/runs -> 201: under the path of the shipped image too', async () => {
    const { id } = await system.done('POST /api/sequencing/runs', 201, { ...RUN, flowcell_id: randomUUID() })
    expect(await system.done(`GET /runs/${String(id)}`, 200)).toMatchObject({ run_type: 'custom', job_id: null })
  })

  it('POST /runs -> 400: for a job that is not queued, or on another platform', async () => {
    const draft = await system.job()
    const queued = await system.job(INTO_QUEUE, { platform_id: 'nanopore' })
    for (const job_id of [draft, queued]) expect((await system.ask('POST /runs', { ...RUN, job_id })).status).toBe(400)
  })

  it('POST /runs -> 409: of many for one job, or on one flow cell, exactly one', async () => {
    const job_id = await system.job(INTO_QUEUE)
    const forJob = () => system.ask('POST /runs', { ...RUN, flowcell_id: randomUUID(), job_id })
    expect(statuses(await Promise.all([1, 2, 3, 4].map(forJob)))).toEqual([201, 409, 409, 409])
    const flowcell_id = randomUUID()
    const onCell = () => system.ask('POST /runs', { ...RUN, flowcell_id })
    expect(statuses(await Promise.all([1, 2, 3, 4].map(onCell)))).toEqual([201, 409, 409, 409])
  })

  it('GET /runs -> 200: those of a status', async () => {
    const id = await system.run()
    await system.done(`PUT /runs/${id}/status`, 200, { status: 'ready' })
    const body = await system.done('GET /runs?status=ready', 200)
    expect(body).toMatchObject({ runs: [{ id, status: 'ready' }], pagination: { page: 1, limit: 50, total: 1 } })
  })

  it('GET /api/sequencing/runs -> 200: the same', async () => {
    const id = await system.run()
    expect(await system.done('GET /api/sequencing/runs?limit=1', 200)).toMatchObject({ runs: [{ id }] })
  })
})

describe('a run and its job', () => {
  async function running(): Promise<{ job: string; run: string }> {
    const job = await system.job(INTO_QUEUE)
    const run = await system.run({ job_id: job })
    await system.done(`POST /runs/${run}/start`, 200)
    return { job, run }
  }

  it('POST /runs/:id/start -> 200: the job runs', async () => {
    const { job, run } = await running()
    expect(await system.done(`GET /runs/${run}`, 200)).toMatchObject({ status: 'running' })
    expect(await system.done(`GET /jobs/${job}`, 200)).toMatchObject({ status: 'running' })
  })

  it('PUT /runs/:id/status -> 200: completed once, the job with it, and counted', async () => {
    const { job, run } = await running()
    const before = await system.metric(SUCCESS)
    const end = { status: 'completed', actual_yield_gb: 120.5, percent_q30: 92 }
    const answers = await Promise.all([1, 2, 3, 4].map(() => system.ask(`PUT /runs/${run}/status`, end)))
    expect(statuses(answers)).toEqual([200, 400, 400, 400])
    expect(await system.metric(SUCCESS)).toBe(before + 1)
    expect(await system.done(`GET /jobs/${job}`, 200)).toMatchObject({ status: 'completed' })
    expect((await system.events(job)).at(-1)).toBe('sequencing.job_completed')
    expect(await system.events(run)).toEqual(['sequencing.run_completed'])
  })

  it('GET /runs/:id -> 200: one, with its job', async () => {
    const { job, run } = await running()
    expect(await system.done(`GET /runs/${run}`, 200)).toMatchObject({ id: run, job_id: job, status: 'running' })
  })

  it('GET /runs/:id/metrics -> 200: what it came to', async () => {
    const { run } = await running()
    await system.done(`PUT /runs/${run}/status`, 200, { status: 'failed', percent_q30: 11.5 })
    expect(await system.done(`GET /runs/${run}/metrics`, 200)).toMatchObject({ run_id: run, percent_q30: 11.5 })
  })

  it('POST /runs/:id/stop -> 200: the job has failed and can be queued again, the flow cell is free', async () => {
    const { job, run } = await running()
    const { flowcell_id } = await system.done(`GET /runs/${run}`, 200)
    await system.done(`POST /runs/${run}/stop`, 200)
    await system.done(`PUT /jobs/${job}/status`, 200, { status: 'queued' })
    const again = await system.run({ job_id: job, flowcell_id })
    expect(await system.done(`GET /jobs/${job}`, 200)).toMatchObject({ run_id: again, status: 'queued' })
  })

  it('POST /jobs/:id/cancel -> 200: the run goes with it, and is counted', async () => {
    const { job, run } = await running()
    const before = await system.metric(ABORTED)
    await system.done(`POST /jobs/${job}/cancel`, 200)
    expect(await system.done(`GET /runs/${run}`, 200)).toMatchObject({ status: 'aborted' })
    expect(await system.metric(ABORTED)).toBe(before + 1)
  })

  it('PUT /jobs/:id/status -> 400: what the run decides is not decided here', async () => {
    const { job } = await running()
    expect((await system.ask(`PUT /jobs/${job}/status`, { status: 'completed' })).status).toBe(400)
  })

  it('ended from both sides at once, job and run agree', async () => {
    const pairs = await Promise.all(Array.from({ length: 6 }, running))
    await Promise.all(
      pairs.flatMap(({ job, run }) => [
        system.ask(`POST /jobs/${job}/cancel`),
        system.ask(`PUT /runs/${run}/status`, { status: 'completed' }),
      ]),
    )
    const sql = `select j.status || ' ' || r.status as both from sequencing.jobs j join sequencing.runs r on r.job_id = j.id
      where j.id = any($1)`
    const rows = await system.postgres.read<{ both: string }>(sql, [pairs.map(({ job }) => job)])
    expect(rows.filter(({ both }) => !['cancelled aborted', 'completed completed'].includes(both))).toEqual([])
    const ends = await Promise.all(pairs.map(({ job }) => system.history(job)))
    expect(new Set(ends.map((steps) => steps.length))).toEqual(new Set([5]))
  })
})
