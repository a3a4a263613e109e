// What the sample service refuses, in its documented words, and what it says without auth and without its database.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clientOf } from '../testing/client.ts'
import { startContractSystem, type ContractSystem } from '../testing/contract-system.ts'
import { askedBy, type Filling } from '../testing/route-title.ts'

const DNA = { name: 'a sample', sample_type: 'DNA' }
const NOBODY: Filling = { ids: { id: '00000000-0000-4000-8000-000000000000', barcode: 'nothing' } }
const BAD: Filling = { ids: { id: 'no-uuid' } }
const QUICK = { DB_ACQUIRE_TIMEOUT: '500ms', AUTH_TIMEOUT: '500ms', READINESS_TIMEOUT: '500ms', SAMPLE_MAX_BATCH_SIZE: '3' }

let system: ContractSystem
/** A sample that every refusal may name. */
let known: Filling

beforeAll(async () => {
  system = await startContractSystem('127.65.4', { name: 'sample', port: 8081, env: QUICK })
  const { data } = await system.call('POST /samples', { ...DNA, barcode: 'TAKEN' }, system.user.token)
  await system.call('POST /samples', { ...DNA, barcode: 'TAKEN TOO' }, system.user.token)
  known = { ids: { id: String(data.id), barcode: 'TAKEN' } }
}, 60_000)

afterAll(() => system.stop())

it.each<[string, string, unknown?, Filling?]>([
  ['POST /samples -> 400: an unknown type', 'validation_error', { ...DNA, sample_type: 'dna' }],
  ['POST /samples -> 400: broken JSON', '', '{'],
  ['POST /samples -> 409: a barcode that is taken', 'duplicate_barcode', { ...DNA, barcode: 'TAKEN' }],
  ['POST /samples -> 413: a body over the limit', '', { ...DNA, notes: 'x'.repeat(2_200_000) }],
  ['POST /samples -> 422: no name', '', { sample_type: 'DNA' }],
  ['GET /samples -> 400: a page that is none', 'validation_error', undefined, { query: 'page=0' }],
  ['GET /samples -> 400: a status that is none', 'validation_error', undefined, { query: 'status=pending' }],
  ['GET /samples/:id -> 400: an id that is none', '', undefined, BAD],
  ['GET /samples/:id -> 404: none', 'sample_not_found', undefined, NOBODY],
  ['GET /samples/barcode/:barcode -> 404: none', 'barcode_not_found', undefined, NOBODY],
  ['PUT /samples/:id -> 400: a quality over 1', 'validation_error', { quality_score: 1.2 }],
  ['PUT /samples/:id -> 404: none', 'sample_not_found', { volume: 1 }, NOBODY],
  ['PUT /samples/:id -> 409: the barcode of another', 'duplicate_barcode', { barcode: 'TAKEN TOO' }],
  ['PUT /samples/:id/status -> 400: a step that may not be taken', 'invalid_workflow_transition', { new_status: 'Completed' }],
  ['PUT /samples/:id/status -> 400: no step at all', 'invalid_workflow_transition', { new_status: 'Pending' }],
  ['PUT /samples/:id/status -> 404: none', 'sample_not_found', { new_status: 'Validated' }, NOBODY],
  ['PUT /samples/:id/status -> 422: a status that is none', '', { new_status: 'validated' }],
  ['POST /samples/:id/validate -> 404: none', 'sample_not_found', undefined, NOBODY],
  ['DELETE /samples/:id -> 404: none', 'sample_not_found', undefined, NOBODY],
  ['POST /samples/batch -> 422: no list', '', {}],
  ['POST /samples/batch -> 429: more than may come at once', 'resource_limit_exceeded', { samples: [DNA, DNA, DNA, DNA] }],
  ['POST /samples/batch/validate -> 422: ids that are none', '', { sample_ids: ['x'] }],
  ['POST /samples/batch/validate -> 429: more than may come at once', 'resource_limit_exceeded', { sample_ids: ['', '', '', ''] }],
  ['PATCH /samples -> 405: another method', '', {}],
  ['GET /nowhere -> 404', ''],
])('%s', async (title, code, body, filling = known) => {
  const { what, status } = askedBy(title, filling)
  const answer = await system.call(what, body, system.user.token)
  expect([answer.status, answer.code]).toEqual([status, code])
})

it('POST /samples -> 415: no JSON', async () => {
  const headers = { 'content-type': 'text/plain', authorization: `Bearer ${system.user.token}` }
  const answer = await fetch(`${system.service.base}/samples`, { method: 'POST', headers, body: '{}' })
  expect(answer.status).toBe(415)
})

it('DELETE /samples/:id -> 400: out of sequencing', async ({ task }) => {
  const { data } = await system.call('POST /samples', DNA, system.user.token)
  const filling = { ids: { id: String(data.id) } }
  for (const new_status of ['Validated', 'InSequencing']) {
    await system.call(`PUT /samples/${data.id}/status`, { new_status }, system.user.token)
  }
  const answer = await system.call(askedBy(task.name, filling).what, undefined, system.user.token)
  expect([answer.status, answer.code]).toEqual([400, 'business_rule_violation'])
})

const GUARDED = [
  'POST /samples', 'GET /samples', 'GET /samples/:id', 'GET /samples/barcode/:barcode', 'PUT /samples/:id', 'PUT /samples/:id/status',
  'POST /samples/:id/validate', 'DELETE /samples/:id', 'POST /samples/batch', 'POST /samples/batch/validate',
]

it.each(GUARDED.map((route) => `${route} -> 401: nobody calls`))('%s', async (title) => {
  const answer = await system.call(askedBy(title, NOBODY).what)
  expect([answer.status, answer.code]).toEqual([401, 'authentication_error'])
})

it('GET /health/metrics -> 200: figures, and zeros without a database; GET /samples -> 500, GET /samples -> 502', async () => {
  const total = async () => ((await system.call('GET /health/metrics')).body as { metrics: { samples: { total: number } } }).metrics.samples.total
  expect(await total()).toBeGreaterThan(0)
  await system.postgres.kill()
  expect(await total()).toBe(0)
  // Auth is without its database as well, so nobody can say who a user is; a service needs no auth.
  const user = await system.call('GET /samples', undefined, system.user.token)
  expect([user.status, user.code]).toEqual([502, 'external_service_error'])
  const service = await clientOf(system.service.base, { authorization: 'Service service_test' })('GET /samples')
  expect([service.status, service.code]).toEqual([500, 'database_error'])
}, 60_000)
