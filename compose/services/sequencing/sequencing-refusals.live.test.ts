// The sequencing service's contract: what it refuses, its health, its neighbours, its database gone, its defect.
import { createServer } from 'node:http'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientOf } from '../testing/client.ts'
import { askedBy, type Filling } from '../testing/route-title.ts'
import { JOB, LINE, NOBODY, ROUTES, RUN, SHEET, startSequencingSystem, WORKFLOW } from './testing/sequencing-system.ts'
import type { SequencingSystem } from './testing/sequencing-system.ts'

let system: SequencingSystem
const storage = createServer((_request, response) => void response.end('{}'))

beforeAll(async () => {
  storage.listen(8082, '127.62.23.8')
  await once(storage, 'listening')
  const neighbours = { STORAGE_SERVICE_URL: 'http://127.62.23.8:8082', SAMPLE_SERVICE_URL: 'http://127.62.23.8:1' }
  system = await startSequencingSystem('127.62.23', neighbours)
}, 90_000)

afterAll(async () => {
  storage.closeAllConnections()
  storage.close()
  await system.stop()
})

const BAD = { ids: { id: 'no-uuid', step: 'x', workflow_id: 'x' } }
const UNKNOWN = { ids: { id: NOBODY, step: 'x', workflow_id: 'unknown' } }
const TWINS = { ...SHEET, samples: [LINE, LINE] }
const CROWD = { ...SHEET, samples: Array.from({ length: 1001 }, (_, n) => ({ ...LINE, sample_id: `s${n}` })) }

it.each<[string, unknown?, Filling?]>([
  ['POST /jobs -> 400: no name', { ...JOB, name: ' ' }],
  ['POST /jobs -> 400: a NUL in the metadata', { ...JOB, metadata: { a: '\0' } }],
  ['POST /jobs -> 400: broken JSON', '{'],
  ['POST /jobs -> 404: an unknown platform', { ...JOB, platform_id: 'crystal_ball' }],
  ['POST /jobs -> 404: an unknown workflow', { ...JOB, workflow_id: 'magic' }],
  ['POST /jobs -> 404: an unknown sheet', { ...JOB, sample_sheet_id: NOBODY }],
  ['POST /jobs -> 413: a body over the limit', { ...JOB, description: 'x'.repeat(200_000) }],
  ['POST /jobs -> 422: an unknown priority', { ...JOB, priority: 'now' }],
  ['GET /jobs -> 400: an unknown order', undefined, { query: 'sort=metadata' }],
  ['GET /jobs -> 400: a page too long', undefined, { query: 'limit=101' }],
  ['GET /jobs/:id -> 400: an id that is none', undefined, BAD],
  ['GET /jobs/:id -> 404: nobody', undefined, UNKNOWN],
  ['PUT /jobs/:id -> 404: nobody', {}, UNKNOWN],
  ['DELETE /jobs/:id -> 404: nobody', undefined, UNKNOWN],
  ['PUT /jobs/:id/status -> 404: nobody', { status: 'queued' }, UNKNOWN],
  ['PUT /jobs/:id/status -> 422: an unknown status', { status: 'Queued' }, UNKNOWN],
  ['POST /jobs/:id/clone -> 404: nobody', undefined, UNKNOWN],
  ['POST /jobs/:id/cancel -> 404: nobody', undefined, UNKNOWN],
  ['POST /runs -> 404: no such job', { ...RUN, job_id: NOBODY }],
  ['POST /runs -> 404: an unknown platform', { ...RUN, platform_id: 'crystal_ball' }],
  ['POST /runs -> 422: no flow cell', { ...RUN, flowcell_id: null }],
  ['POST /api/sequencing/runs -> 422: nothing at all', {}],
  ['GET /runs -> 400: an unknown status', undefined, { query: 'status=done' }],
  ['GET /runs/:id -> 404: nobody', undefined, UNKNOWN],
  ['GET /runs/:id/metrics -> 404: nobody', undefined, UNKNOWN],
  ['PUT /runs/:id/status -> 400: more than all', { status: 'completed', percent_q30: 101 }, UNKNOWN],
  ['PUT /runs/:id/status -> 404: nobody', { status: 'ready' }, UNKNOWN],
  ['POST /runs/:id/start -> 404: nobody', undefined, UNKNOWN],
  ['POST /runs/:id/stop -> 404: nobody', undefined, UNKNOWN],
  ['POST /sample-sheets -> 400: no samples', { ...SHEET, samples: [] }],
  ['POST /sample-sheets -> 400: a sample twice', TWINS],
  ['POST /sample-sheets -> 400: too many samples', CROWD],
  ['POST /sample-sheets -> 404: an unknown platform', { ...SHEET, platform_id: 'crystal_ball' }],
  ['POST /sample-sheets -> 422: a sample that is none', { ...SHEET, samples: ['s1'] }],
  ['GET /sample-sheets/:id -> 400: an id that is none', undefined, BAD],
  ['GET /sample-sheets/:id -> 404: nobody', undefined, UNKNOWN],
  ['PUT /sample-sheets/:id -> 404: nobody', {}, UNKNOWN],
  ['PUT /sample-sheets/:id -> 422: a status that is found out, not said', { status: 'validated' }, UNKNOWN],
  ['DELETE /sample-sheets/:id -> 404: nobody', undefined, UNKNOWN],
  ['POST /sample-sheets/:id/validate -> 404: nobody', undefined, UNKNOWN],
  ['GET /sample-sheets/:id/export -> 400: an unknown form', undefined, { ...UNKNOWN, query: 'format=xls' }],
  ['GET /sample-sheets/:id/export -> 404: nobody', undefined, UNKNOWN],
  ['POST /workflows -> 400: no steps', { ...WORKFLOW, steps: [] }],
  ['POST /workflows -> 404: an unknown platform', { ...WORKFLOW, platform: 'crystal_ball' }],
  ['GET /workflows/:workflow_id -> 404: nobody', undefined, UNKNOWN],
  ['POST /workflows/:workflow_id/execute -> 404: nobody', {}, UNKNOWN],
  ['GET /workflows/executions/:id -> 404: nobody', undefined, UNKNOWN],
  ['PUT /workflows/executions/:id/steps/:step -> 404: nobody', { status: 'completed' }, UNKNOWN],
  ['PUT /workflows/executions/:id/steps/:step -> 422: no end', { status: 'running' }, UNKNOWN],
  ['PATCH /jobs -> 405: another method', {}],
])('%s', async (title, body, filling) => {
  const { what, status } = askedBy(title, filling)
  expect((await system.ask(what, body)).status).toBe(status)
})

it.each([...ROUTES, ['GET /platforms']].map(([route]) => `${route} -> 401: no token`))('%s', async (title) => {
  const { what, status } = askedBy(title, UNKNOWN)
  const { status: answered, body } = await system.call(what)
  expect([answered, body]).toMatchObject([status, { error: { message: 'A Bearer token is needed' } }])
})

const READY = { database: { status: 'ready' }, auth_service: { status: 'ready' } }
const NEIGHBOURS = { storage_service: { status: 'ready' }, sample_service: { status: 'not_ready' } }

it.each<[string, object]>([
  ['GET /health -> 200: for everybody', { status: 'healthy', database: 'connected' }],
  ['GET /health/ready -> 200: whatever the neighbours are like', { checks: { ...READY, ...NEIGHBOURS } }],
  ['GET /health/metrics -> 200: for everybody', { metrics: { total_jobs: 0 } }],
])('%s', async (title, body) => {
  const { what, status } = askedBy(title)
  const answer = await system.call(what)
  expect([answer.status, answer.body]).toMatchObject([status, body])
})

it('a neighbour that is silent does not make it unready', async () => {
  storage.removeAllListeners('request')
  const { status, body } = await system.call('GET /health/ready')
  expect([status, body]).toMatchObject([200, { checks: { ...READY, storage_service: { status: 'not_ready' } } }])
})

it('mock-sequencing-runs: every run is taken and none is kept', async () => {
  const env = { DEFECTS: 'mock-sequencing-runs' }
  const other = system.more({ name: 'sequencing', port: 8084, env }, '127.62.23.7')
  await other.waitUntil('/health/ready', 200)
  const ask = clientOf(other.base, { authorization: 'Service service_test' })
  const { status, body } = await ask('POST /api/sequencing/runs', {})
  expect([status, body]).toMatchObject([200, { created: true }])
  const { id } = body as { id: string }
  expect([(await ask('GET /api/sequencing/runs')).body, (await ask(`GET /runs/${id}`)).status]).toEqual([
    { runs: [] },
    404,
  ])
})

describe('without its database', () => {
  beforeAll(() => system.postgres.kill())

  // Auth is without its database as well, so it is another service that asks.
  it.each(ROUTES.map(([route, body]) => [`${route} -> 500: in its own words`, body] as const))(
    '%s',
    async (title, body) => {
      const { what, status } = askedBy(title, UNKNOWN)
      const answer = await clientOf(system.service.base, { authorization: 'Service service_test' })(what, body)
      expect([answer.status, answer.body]).toMatchObject([status, { error: { message: 'A database error occurred' } }])
    },
  )

  it('GET /health/ready -> 503: and alive, but not healthy; all is well when it is back', async () => {
    await system.service.waitUntil('/health/ready', 503)
    const { status, body } = await system.call('GET /health')
    expect([status, body]).toMatchObject([200, { status: 'unhealthy', database: 'disconnected' }])
    expect((await system.ask('GET /jobs')).status).toBe(502)
    await system.postgres.start()
    await system.service.waitUntil('/health/ready', 200)
    expect((await system.ask('GET /jobs')).status).toBe(200)
  })
})
