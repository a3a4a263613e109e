// The template service's contract: what it refuses, route by route, and what it tells everybody.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FORM, NOBODY, startTemplateSystem, VOLUME, type TemplateSystem } from './testing/template-system.ts'

const LONG = 'x'.repeat(256)

let system: TemplateSystem

beforeAll(async () => {
  system = await startTemplateSystem('127.62.4')
}, 30_000)

afterAll(() => system.stop())

it.each<[string, object | string | undefined, number]>([
  ['POST /templates -> 400: a name too long', { ...FORM, name: LONG }, 400],
  ['POST /templates -> 400: broken JSON', '{', 400],
  ['POST /templates -> 400: a NUL in the metadata', { ...FORM, metadata: { a: '\0' } }, 400],
  ['POST /templates -> 413: a body over the limit', { ...FORM, metadata: { a: 'x'.repeat(100_000) } }, 413],
  ['POST /templates -> 422: no type', { name: 'x' }, 422],
  ['GET /templates?page_size=101 -> 400: a page too long', undefined, 400],
  ['GET /templates/no-uuid -> 400: an id that is none', undefined, 400],
  ['PUT /templates/no-uuid -> 400: an id that is none', {}, 400],
  ['DELETE /templates/no-uuid -> 400: an id that is none', undefined, 400],
  ['GET /templates/no-uuid/data -> 400: an id that is none', undefined, 400],
  ['POST /templates/no-uuid/clone -> 400: an id that is none', undefined, 400],
  ['GET /templates/no-uuid/fields -> 400: an id that is none', undefined, 400],
  [`GET /templates/${NOBODY}/fields/no-uuid -> 400: an id that is none`, undefined, 400],
  ['POST /templates/import -> 400: more than a hundred', { templates: Array.from({ length: 101 }, () => FORM) }, 400],
  ['POST /templates/import -> 422: no list', { templates: {} }, 422],
  ['POST /templates/upload -> 415: no form', {}, 415],
  [`GET /templates/${NOBODY} -> 404: nobody`, undefined, 404],
  [`PUT /templates/${NOBODY} -> 404: nobody`, {}, 404],
  [`DELETE /templates/${NOBODY} -> 404: nobody`, undefined, 404],
  [`GET /templates/${NOBODY}/data -> 404: nobody`, undefined, 404],
  [`POST /templates/${NOBODY}/clone -> 404: nobody`, undefined, 404],
  [`POST /templates/${NOBODY}/fields -> 404: nobody`, VOLUME, 404],
  [`GET /templates/${NOBODY}/fields -> 404: nobody`, undefined, 404],
  [`PUT /templates/${NOBODY}/fields/${NOBODY} -> 404: nobody`, {}, 404],
  [`DELETE /templates/${NOBODY}/fields/${NOBODY} -> 404: nobody`, undefined, 404],
  [`GET /templates/${NOBODY}/export -> 404: nobody`, undefined, 404],
  ['PATCH /templates -> 405: another method', {}, 405],
  ['GET /nowhere -> 404: an unknown path', undefined, 404],
])('%s', async (title, body, status) => {
  expect((await system.ask(title.split(' -> ')[0] ?? '', body)).status).toBe(status)
})

it('GET /templates/:id -> 404: bare, without a body', async () => {
  expect((await system.ask(`GET /templates/${NOBODY}`)).body).toBe('')
})

it('GET /templates/:id/download -> 404: a template without a file', async () => {
  expect((await system.ask(`GET /templates/${await system.created()}/download`)).status).toBe(404)
})

it('POST /templates/upload -> 400: a form without a file, a template that is no JSON, a broken form', async () => {
  const headers = { authorization: `Bearer ${system.user.token}`, 'content-type': 'multipart/form-data; boundary=x' }
  const wish = { method: 'POST', headers, body: 'no form' }
  expect((await fetch(`${system.service.base}/templates/upload`, wish)).status).toBe(400)
  expect([(await system.upload('', 'x')).status, (await system.upload('a.csv', 'x', '{')).status]).toEqual([400, 400])
})

it.each([
  'POST /templates',
  'GET /templates',
  'GET /templates/:id',
  'PUT /templates/:id',
  'DELETE /templates/:id',
  'GET /templates/:id/data',
  'POST /templates/:id/clone',
  'POST /templates/:id/fields',
  'GET /templates/:id/fields',
  'GET /templates/:id/fields/:field_id',
  'PUT /templates/:id/fields/:field_id',
  'DELETE /templates/:id/fields/:field_id',
  'POST /templates/upload',
  'GET /templates/:id/download',
  'GET /templates/:id/export',
  'POST /templates/import',
])('%s -> 401: no token', async (route) => {
  const { status, body } = await system.call(route)
  expect([status, body]).toEqual([401, ''])
})

it('GET /health -> 200, GET /health/ready -> 200, GET /health/metrics -> 200: for everybody', async () => {
  const [health, ready, metrics] = await Promise.all(['', '/ready', '/metrics'].map((path) => system.call(`GET /health${path}`)))
  expect([health?.status, health?.body]).toEqual([200, { status: 'healthy', service: 'template_service' }])
  expect([ready?.status, ready?.body]).toMatchObject([200, { status: 'ready', checks: { database: { status: 'healthy' } } }])
  expect([metrics?.status, metrics?.body]).toEqual([200, { metrics: {} }])
})
