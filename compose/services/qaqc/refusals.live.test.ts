// Whom and what the QA/QC service refuses, route by route, and how it does without its database.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startContractSystem, type ContractSystem } from '../testing/contract-system.ts'

const ENTITY = '11111111-1111-4111-8111-111111111111'
const NOWHERE = '00000000-0000-4000-8000-000000000000'
const REVIEW = { entity_type: 'sample', entity_id: ENTITY, review_type: 'manual' }

let system: ContractSystem

beforeAll(async () => {
  system = await startContractSystem('127.63.8', { name: 'qaqc', port: 8089 })
}, 90_000)

afterAll(() => system.stop())

const UNKNOWN = { control_sample_id: NOWHERE }

it.each<[string, object | undefined, number, string]>([
  ['POST /api/v1/qc/reviews -> 400: no type', { ...REVIEW, review_type: '' }, 400, 'VALIDATION_ERROR'],
  ['POST /api/v1/qc/reviews -> 422: no id', { ...REVIEW, entity_id: 'x' }, 422, ''],
  ['GET /api/v1/qc/reviews -> 400: ?status=gone', undefined, 400, 'VALIDATION_ERROR'],
  ['GET /api/v1/qc/reviews/:id -> 404: none', undefined, 404, 'NOT_FOUND'],
  ['POST /api/v1/qc/reviews/:id/complete -> 404: none', { decision: 'approved' }, 404, 'NOT_FOUND'],
  ['POST /api/v1/qc/reviews/:id/complete -> 422: no decision', { decision: 'maybe' }, 422, ''],
  ['POST /api/v1/qc/library-prep -> 400: nothing', { library_prep_id: ENTITY, volume_ul: -1 }, 400, 'VALIDATION_ERROR'],
  ['POST /api/v1/qc/library-prep -> 422: no id', { volume_ul: 1 }, 422, ''],
  ['GET /api/v1/qc/library-prep/:id -> 404: none', undefined, 404, 'NOT_FOUND'],
  ['GET /api/v1/qc/metrics/trends -> 400: ?days=0', undefined, 400, 'VALIDATION_ERROR'],
  ['POST /api/v1/qc/metrics/definitions -> 400: no name', { name: '', metric_type: 'x' }, 400, 'VALIDATION_ERROR'],
  ['POST /api/v1/qc/control-samples -> 422: no name', {}, 422, ''],
  ['POST /api/v1/qc/control-samples/results -> 404: of none', UNKNOWN, 404, 'NOT_FOUND'],
  ['GET /api/v1/qc/control-samples/:id/results -> 404: of none', undefined, 404, 'NOT_FOUND'],
])('%s', async (title, body, status, code) => {
  const query = /\?\S+$/.exec(title)?.[0] ?? ''
  const what = (title.split(' -> ')[0] ?? '').replace(':id', NOWHERE) + query
  const answer = await system.call(what, body, system.user.token)
  expect([answer.status, answer.code]).toEqual([status, code])
})

it.each([
  'GET /api/v1/qc/dashboard', 'GET /api/v1/qc/reviews', 'POST /api/v1/qc/reviews', 'GET /api/v1/qc/reviews/:id',
  'POST /api/v1/qc/reviews/:id/complete', 'POST /api/v1/qc/library-prep', 'GET /api/v1/qc/library-prep/:id',
  'GET /api/v1/qc/metrics/trends', 'GET /api/v1/qc/metrics/recent', 'GET /api/v1/qc/metrics/definitions',
  'POST /api/v1/qc/metrics/definitions', 'GET /api/v1/qc/control-samples', 'POST /api/v1/qc/control-samples',
  'POST /api/v1/qc/control-samples/results', 'GET /api/v1/qc/control-samples/:id/results',
])('%s -> 401: nobody', async (route) => {
  const answer = await system.call(route)
  expect([answer.status, answer.code]).toEqual([401, 'AUTH_ERROR'])
})

it('without its database the service is not ready and says so; GET /health -> 200: it lives', async () => {
  await system.postgres.kill()
  const answer = await system.call('GET /api/v1/qc/dashboard', undefined, system.user.token)
  expect(answer.status).toBeGreaterThanOrEqual(500)
  expect((await fetch(`${system.service.base}/health/ready`)).status).toBe(503)
  const alive = await fetch(`${system.service.base}/health`)
  expect([alive.status, await alive.text()]).toEqual([200, 'QAQC Service is healthy'])
})
