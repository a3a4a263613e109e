// Whom and what the versioning service refuses, route by route, and how it does without its database.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSpreadsheets, type Spreadsheets } from './testing/spreadsheets.ts'

const NOWHERE = '00000000-0000-4000-8000-000000000000'
const FILE = { name: 'p', filename: 'p.csv', file_type: 'csv', file_data: 'a\n' }
const ORPHAN = { ...FILE, parent_version_id: NOWHERE }
const SHEET = '/api/v1/spreadsheets/:spreadsheet_id/versions'
const VERSION = '/api/v1/versions/:version_id'
const CONFLICT = '/api/v1/conflicts/:conflict_id'
const CUSTOM = { resolution_strategy: 'custom' }
const MERGE = { source_version_id: NOWHERE, target_version_id: NOWHERE }
const TRIO = { base_version_id: NOWHERE, version_a_id: NOWHERE, version_b_id: NOWHERE }
const PAIR = { from_version_id: NOWHERE, to_version_id: NOWHERE }

let on: Spreadsheets

beforeAll(async () => {
  on = await startSpreadsheets('127.63.15')
}, 90_000)

afterAll(() => on.system.stop())

it.each<[string, object | undefined, number, string]>([
  ['POST /api/v1/versions -> 422: of no spreadsheet', FILE, 422, ''],
  [`POST ${SHEET} -> 400: a file that cannot be read`, { ...FILE, file_data: '"a' }, 400, 'file_processing_error'],
  [`POST ${SHEET} -> 400: a name without characters`, { ...FILE, name: '' }, 400, 'validation_error'],
  [`POST ${SHEET} -> 409: on a parent where there is none`, ORPHAN, 409, 'merge_conflict'],
  [`POST ${SHEET} -> 422: no file`, { ...FILE, file_data: null }, 422, ''],
  [`GET ${SHEET} -> 400: ?limit=101`, undefined, 400, 'validation_error'],
  [`GET ${SHEET} -> 404: none`, undefined, 404, 'spreadsheet_not_found'],
  [`GET ${SHEET}/:version_id -> 404: none`, undefined, 404, 'version_not_found'],
  [`GET ${VERSION} -> 404: none`, undefined, 404, 'version_not_found'],
  [`GET ${VERSION}/data -> 404: none`, undefined, 404, 'version_not_found'],
  [`PUT ${VERSION} -> 404: none`, {}, 404, 'version_not_found'],
  [`PUT ${VERSION} -> 422: a status that cannot be given`, { status: 'Deleted' }, 422, ''],
  [`DELETE ${VERSION} -> 404: none`, undefined, 404, 'version_not_found'],
  ['POST /api/v1/diff/compare -> 404: none', PAIR, 404, 'version_not_found'],
  ['POST /api/v1/diff/compare -> 422: with nothing', { from_version_id: NOWHERE }, 422, ''],
  ['POST /api/v1/diff/merge -> 404: none', MERGE, 404, 'version_not_found'],
  ['POST /api/v1/diff/merge -> 422: an unknown strategy', { ...MERGE, merge_strategy: 'Dice' }, 422, ''],
  ['POST /api/v1/diff/conflicts -> 404: none', TRIO, 404, 'version_not_found'],
  ['POST /api/v1/diff/conflicts -> 422: of nothing', {}, 422, ''],
  ['GET /api/v1/conflicts -> 400: ?status=open', undefined, 400, 'validation_error'],
  [`GET ${CONFLICT} -> 404: none`, undefined, 404, 'conflict_not_found'],
  [`POST ${CONFLICT}/resolve -> 404: none`, { resolution_strategy: 'base' }, 404, 'conflict_not_found'],
  [`POST ${CONFLICT}/resolve -> 400: without a value`, CUSTOM, 400, 'conflict_resolution_error'],
  [`POST ${CONFLICT}/resolve -> 422: in no known way`, { resolution_strategy: 'dice' }, 422, ''],
])('%s', async (title, body, status, code) => {
  const route = (title.split(' -> ')[0] ?? '').replace(/:\w+/g, () => randomUUID())
  const answer = await on.call(route + (/\?\S+$/.exec(title)?.[0] ?? ''), body)
  expect([answer.status, answer.code]).toEqual([status, code])
})

it.each([
  'POST /api/v1/versions', `GET ${VERSION}`, `GET ${VERSION}/data`, `PUT ${VERSION}`, `DELETE ${VERSION}`,
  `GET ${SHEET}`, `POST ${SHEET}`, `GET ${SHEET}/:version_id`, 'POST /api/v1/diff/compare', 'POST /api/v1/diff/merge',
  'POST /api/v1/diff/conflicts', 'GET /api/v1/conflicts', `GET ${CONFLICT}`, `POST ${CONFLICT}/resolve`,
])('%s -> 401: nobody', async (route) => {
  const answer = await on.system.call(route)
  expect([answer.status, answer.code]).toEqual([401, 'unauthorized'])
})

it('without its database the service is not ready and says so; GET /health -> 200: it lives', async () => {
  await on.system.postgres.kill()
  const answer = await on.call(`GET /api/v1/conflicts`)
  expect(answer.status).toBe(503)
  expect((await fetch(`${on.system.service.base}/health/ready`)).status).toBe(503)
  expect((await fetch(`${on.system.service.base}/health`)).status).toBe(200)
})
