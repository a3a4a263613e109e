// Whom and what the library details service refuses, route by route.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startContractSystem, type ContractSystem } from '../testing/contract-system.ts'

const NOWHERE = '00000000-0000-4000-8000-000000000000'
const LIBRARY = { name: 'lib', library_type: 'dna' }
const METRIC = { library_id: NOWHERE, metric_type: 'x' }
const KIT = { name: 'x', manufacturer: 'x' }

let system: ContractSystem

beforeAll(async () => {
  system = await startContractSystem('127.63.5', { name: 'library-details', port: 8080 })
}, 90_000)

afterAll(() => system.stop())

it.each<[string, object | undefined, number, string]>([
  ['POST /api/v1/libraries -> 400: an empty name', { ...LIBRARY, name: '' }, 400, 'VALIDATION_ERROR'],
  ['POST /api/v1/libraries -> 400: less than nothing', { ...LIBRARY, volume: -1 }, 400, 'VALIDATION_ERROR'],
  ['POST /api/v1/libraries -> 400: a NUL', { ...LIBRARY, metadata: { a: '\0' } }, 400, 'VALIDATION_ERROR'],
  ['POST /api/v1/libraries -> 422: no type', { name: 'x' }, 422, ''],
  ['GET /api/v1/libraries -> 400: an unknown status ?status=gone', undefined, 400, 'VALIDATION_ERROR'],
  ['GET /api/v1/libraries/:id -> 404: none', undefined, 404, 'LIBRARY_NOT_FOUND'],
  ['GET /api/v1/libraries/:id -> 400: no id', undefined, 400, ''],
  ['PUT /api/v1/libraries/:id -> 404: none', {}, 404, 'LIBRARY_NOT_FOUND'],
  ['DELETE /api/v1/libraries/:id -> 404: none', undefined, 404, 'LIBRARY_NOT_FOUND'],
  ['POST /api/v1/libraries/:id/calculate -> 404: none', undefined, 404, 'LIBRARY_NOT_FOUND'],
  ['POST /api/v1/libraries/:id/normalize -> 404: none', { target_concentration: 1 }, 404, 'LIBRARY_NOT_FOUND'],
  ['POST /api/v1/libraries/:id/normalize -> 422: to nothing', {}, 422, ''],
  ['POST /api/v1/libraries/batch -> 422: no list', {}, 422, ''],
  ['POST /api/v1/protocols -> 422: no steps', { name: 'x', version: '1', library_type: 'dna' }, 422, ''],
  ['GET /api/v1/protocols/:id -> 404: none', undefined, 404, 'PROTOCOL_NOT_FOUND'],
  ['GET /api/v1/protocols/:id/steps -> 404: none', undefined, 404, 'PROTOCOL_NOT_FOUND'],
  ['POST /api/v1/protocols/:id/validate -> 404: none', undefined, 404, 'PROTOCOL_NOT_FOUND'],
  ['POST /api/v1/qc/metrics -> 422: no value', METRIC, 422, ''],
  ['POST /api/v1/qc/metrics -> 404: no library', { ...METRIC, value: 1 }, 404, 'LIBRARY_NOT_FOUND'],
  ['POST /api/v1/qc/reports -> 404: no library', { library_id: NOWHERE }, 404, 'LIBRARY_NOT_FOUND'],
  ['GET /api/v1/qc/metrics -> 400: no id ?library_id=x', undefined, 400, 'VALIDATION_ERROR'],
  ['POST /api/v1/kits -> 422: no name', {}, 422, ''],
  ['PUT /api/v1/protocols/:id -> 404: none', { ...LIBRARY, version: '1', steps: [] }, 404, 'PROTOCOL_NOT_FOUND'],
  ['POST /api/v1/kits -> 400: a day that is none', { ...KIT, expiry_date: 'soon' }, 400, 'VALIDATION_ERROR'],
  ['GET /api/v1/kits/:id -> 404: none', undefined, 404, 'KIT_NOT_FOUND'],
  ['GET /api/v1/kits/:id/compatibility -> 404: none', undefined, 404, 'KIT_NOT_FOUND'],
  ['POST /api/v1/platforms -> 422: no capabilities', { name: 'x', manufacturer: 'x', model: 'x' }, 422, ''],
  ['GET /api/v1/platforms/:id -> 404: none', undefined, 404, 'PLATFORM_NOT_FOUND'],
  ['GET /api/v1/platforms/:id/configurations -> 404: none', undefined, 404, 'PLATFORM_NOT_FOUND'],
])('%s', async (title, body, status, code) => {
  const id = title.includes('400: no id') ? '7' : NOWHERE
  const what = (title.split(' -> ')[0] ?? '').replace(':id', id) + (/\?\S+$/.exec(title)?.[0] ?? '')
  const answer = await system.call(what, body, system.user.token)
  expect([answer.status, answer.code]).toEqual([status, code])
})

it('POST /api/v1/libraries/:id/normalize -> 400: too thin already', async () => {
  const { token } = system.user
  const { body } = await system.call('POST /api/v1/libraries', { ...LIBRARY, concentration: 5 }, token)
  const path = `POST /api/v1/libraries/${(body as { id: string }).id}/normalize`
  expect((await system.call(path, { target_concentration: 6 }, token)).code).toBe('INSUFFICIENT_CONCENTRATION')
  expect((await system.call(path, { target_concentration: 0 }, token)).code).toBe('VALIDATION_ERROR')
})

it.each([
  'GET /api/v1/libraries', 'POST /api/v1/libraries', 'POST /api/v1/libraries/batch', 'GET /api/v1/libraries/:id',
  'PUT /api/v1/libraries/:id', 'DELETE /api/v1/libraries/:id', 'POST /api/v1/libraries/:id/calculate',
  'POST /api/v1/libraries/:id/normalize', 'GET /api/v1/protocols', 'POST /api/v1/protocols',
  'GET /api/v1/protocols/:id', 'PUT /api/v1/protocols/:id', 'POST /api/v1/protocols/:id/validate',
  'GET /api/v1/protocols/:id/steps', 'GET /api/v1/qc/metrics', 'POST /api/v1/qc/metrics',
  'GET /api/v1/qc/thresholds', 'POST /api/v1/qc/reports', 'GET /api/v1/kits', 'POST /api/v1/kits',
  'GET /api/v1/kits/search', 'GET /api/v1/kits/:id', 'GET /api/v1/kits/:id/compatibility', 'GET /api/v1/platforms',
  'POST /api/v1/platforms', 'GET /api/v1/platforms/:id', 'GET /api/v1/platforms/:id/configurations',
])('%s -> 401: nobody', async (route) => {
  const answer = await system.call(route)
  expect([answer.status, answer.code]).toEqual([401, 'AUTHENTICATION_FAILED'])
})

it('X-API-Key lets in who has a known key, and nobody else', async () => {
  const ask = async (key: string) => {
    const headers = { 'x-api-key': key }
    return (await fetch(`${system.service.base}/api/v1/libraries`, { headers })).status
  }
  expect(await Promise.all(['dev-key-123', 'test-key-456', 'dev-key', ''].map(ask))).toEqual([200, 200, 401, 401])
})

it('SKIP_AUTH lets everybody in', async () => {
  const open = system.more({ name: 'library-details', port: 8080, env: { SKIP_AUTH: 'true' } }, '127.63.5.7')
  await open.waitUntil('/api/v1/libraries', 200)
})

it('GET /health -> 200: in plain text', async () => {
  const answer = await fetch(`${system.service.base}/health`)
  expect([await answer.text(), answer.headers.get('content-type')]).toEqual([
    'Library Details Service is healthy',
    'text/plain; charset=utf-8',
  ])
})

it('auth away is no yes, and the service is not ready', async () => {
  await system.auth.end('SIGKILL')
  const answer = await system.call('GET /api/v1/libraries', undefined, system.user.token)
  expect([answer.status, answer.code]).toEqual([500, 'HTTP_CLIENT_ERROR'])
  expect((await fetch(`${system.service.base}/health/ready`)).status).toBe(503)
})
