// The sequencing service's contract: jobs on their way through their states, with every race on it.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { statuses } from '../testing/client.ts'
import { INTO_QUEUE, JOB, startSequencingSystem, type SequencingSystem } from './testing/sequencing-system.ts'

let system: SequencingSystem

beforeAll(async () => {
  system = await startSequencingSystem('127.62.21')
}, 90_000)

afterAll(() => system.stop())

it('POST /jobs -> 201: a draft', async () => {
  const wish = { ...JOB, estimated_start: '2030-01-01T00:00:00Z', metadata: { a: 1 } }
  const body = await system.done('POST /jobs', 201, wish)
  const completion = '2030-01-02T20:00:00.000Z'
  expect(body).toMatchObject({ ...JOB, status: 'draft', progress_percentage: 0, estimated_completion: completion })
  expect(await system.events(String(body.id))).toEqual(['sequencing.job_created'])
})

it('GET /jobs -> 200: pages, filtered and sorted', async () => {
  const first = await system.job([], { priority: 'critical', name: 'a' })
  const second = await system.job([], { priority: 'critical', name: 'b' })
  const body = await system.done('GET /jobs?priority=critical&sort=name&order=asc&limit=1', 200)
  expect(body).toMatchObject({ jobs: [{ id: first }], pagination: { page: 1, limit: 1, total: 2, pages: 2 } })
  expect(await system.done('GET /jobs?priority=critical&limit=1', 200)).toMatchObject({ jobs: [{ id: second }] })
})

it('GET /jobs/:id -> 200: all of it', async () => {
  const id = await system.job()
  const body = await system.done(`GET /jobs/${id}`, 200)
  expect(body).toMatchObject({ ...JOB, id, created_by: system.user.id, run_id: null, actual_start: null })
})

it('PUT /jobs/:id -> 200: of changes at the same time none is lost', async () => {
  const id = await system.job()
  const changes = [{ name: 'x' }, { description: 'd' }, { priority: 'low' }, { metadata: { a: 1 } }]
  const answers = await Promise.all(changes.map((change) => system.ask(`PUT /jobs/${id}`, change)))
  expect(statuses(answers)).toEqual([200, 200, 200, 200])
  expect(await system.done(`GET /jobs/${id}`, 200)).toMatchObject(Object.assign({}, ...changes) as object)
})

it('DELETE /jobs/:id -> 204: once, and not while it is worked on', async () => {
  const id = await system.job(INTO_QUEUE)
  expect((await system.ask(`DELETE /jobs/${id}`)).status).toBe(400)
  await system.done(`POST /jobs/${id}/cancel`, 200)
  const answers = await Promise.all([1, 2, 3].map(() => system.ask(`DELETE /jobs/${id}`)))
  expect(statuses(answers)).toEqual([204, 404, 404])
})

it('PUT /jobs/:id/status -> 200: step by step, one history row and event each', async () => {
  const id = await system.job([...INTO_QUEUE, 'running', 'completed'])
  const job = await system.done(`GET /jobs/${id}`, 200)
  expect(job).toMatchObject({ status: 'completed', progress_percentage: 100 })
  expect(Date.parse(String(job.actual_completion))).toBeGreaterThanOrEqual(Date.parse(String(job.actual_start)))
  const steps = ['draft>submitted', 'submitted>validated', 'validated>queued', 'queued>running', 'running>completed']
  expect(await system.history(id)).toEqual(steps)
  const changed = Array.from({ length: 5 }, () => 'sequencing.job_status_changed')
  expect(await system.events(id)).toEqual(['sequencing.job_created', ...changed, 'sequencing.job_completed'])
})

it('PUT /jobs/:id/status -> 400: a step that the table does not know', async () => {
  const id = await system.job()
  const { status, body } = await system.ask(`PUT /jobs/${id}/status`, { status: 'running' })
  const message = 'Invalid job status transition: from draft to running'
  expect([status, body]).toMatchObject([400, { error: { message, timestamp: expect.any(String) as string } }])
  expect(await system.history(id)).toEqual([])
})

it('PUT /jobs/:id/status -> 200: of many at once exactly one', async () => {
  const id = await system.job()
  const submit = () => system.ask(`PUT /jobs/${id}/status`, { status: 'submitted' })
  expect(statuses(await Promise.all([1, 2, 3, 4, 5, 6].map(submit)))).toEqual([200, 400, 400, 400, 400, 400])
  expect(await system.history(id)).toEqual(['draft>submitted'])
})

it('POST /jobs/:id/clone -> 201: a draft like it', async () => {
  const id = await system.job(INTO_QUEUE, { metadata: { a: 1 } })
  const copy = await system.done(`POST /jobs/${id}/clone`, 201)
  expect(copy).toMatchObject({ ...JOB, name: 'batch 7 (Copy)', status: 'draft' })
  expect(await system.done(`GET /jobs/${String(copy.id)}`, 200)).toMatchObject({ metadata: { a: 1 } })
})

it('POST /jobs/:id/cancel -> 200: wherever it is, once', async () => {
  const id = await system.job()
  const answers = await Promise.all([1, 2, 3].map(() => system.ask(`POST /jobs/${id}/cancel`)))
  expect(statuses(answers)).toEqual([200, 400, 400])
  expect(await system.history(id)).toEqual(['draft>cancelled'])
})
