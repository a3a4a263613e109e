// The template service's contract: what it refuses, route by route, and what it tells everybody.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { askedBy, type Filling } from '../testing/route-title.ts'
import { FORM, NOBODY, ROUTES, startTemplateSystem, VOLUME, type TemplateSystem } from './testing/template-system.ts'

const LONG = 'x'.repeat(256)

let system: TemplateSystem

beforeAll(async () => {
  system = await startTemplateSystem('127.62.4')
}, 90_000)

afterAll(() => system.stop())

const BAD = { ids: { id: 'no-uuid', field_id: NOBODY } }
const UNKNOWN = { ids: { id: NOBODY, field_id: NOBODY } }

it.each<[string, unknown?, Filling?]>([
  ['POST /templates -> 400: a name too long', { ...FORM, name: LONG }],
  ['POST /templates -> 400: broken JSON', '{'],
  ['POST /templates -> 400: a NUL in the metadata', { ...FORM, metadata: { a: '\0' } }],
  ['POST /templates -> 413: a body over the limit', { ...FORM, metadata: { a: 'x'.repeat(100_000) } }],
  ['POST /templates -> 422: no type', { name: 'x' }],
  ['GET /templates -> 400: a page too long', undefined, { query: 'page_size=101' }],
  ['GET /templates/:id -> 400: an id that is none', undefined, BAD],
  ['PUT /templates/:id -> 400: an id that is none', {}, BAD],
  ['DELETE /templates/:id -> 400: an id that is none', undefined, BAD],
  ['GET /templates/:id/data -> 400: an id that is none', undefined, BAD],
  ['POST /templates/:id/clone -> 400: an id that is none', undefined, BAD],
  ['POST /templates/:id/fields -> 400: an id that is none', VOLUME, BAD],
  ['POST /templates/:id/fields -> 422: an unknown type', { ...VOLUME, field_type: 'Colour' }, UNKNOWN],
  ['GET /templates/:id/fields -> 400: an id that is none', undefined, BAD],
  ['GET /templates/:id/fields/:field_id -> 400: an id that is none', undefined, BAD],
  ['PUT /templates/:id/fields/:field_id -> 400: an id that is none', {}, BAD],
  ['DELETE /templates/:id/fields/:field_id -> 400: an id that is none', undefined, BAD],
  ['GET /templates/:id/download -> 400: an id that is none', undefined, BAD],
  ['GET /templates/:id/export -> 400: an id that is none', undefined, BAD],
  ['POST /templates/import -> 400: more than a hundred', { templates: Array.from({ length: 101 }, () => FORM) }],
  ['POST /templates/import -> 422: no list', { templates: {} }],
  ['POST /templates/upload -> 415: no form', {}],
  ['GET /templates/:id -> 404: nobody', undefined, UNKNOWN],
  ['PUT /templates/:id -> 404: nobody', {}, UNKNOWN],
  ['DELETE /templates/:id -> 404: nobody', undefined, UNKNOWN],
  ['GET /templates/:id/data -> 404: nobody', undefined, UNKNOWN],
  ['POST /templates/:id/clone -> 404: nobody', undefined, UNKNOWN],
  ['POST /templates/:id/fields -> 404: nobody', VOLUME, UNKNOWN],
  ['GET /templates/:id/fields -> 404: nobody', undefined, UNKNOWN],
  ['GET /templates/:id/fields/:field_id -> 404: nobody', undefined, UNKNOWN],
  ['PUT /templates/:id/fields/:field_id -> 404: nobody', {}, UNKNOWN],
  ['DELETE /templates/:id/fields/:field_id -> 404: nobody', undefined, UNKNOWN],
  ['GET /templates/:id/export -> 404: nobody', undefined, UNKNOWN],
  ['PATCH /templates -> 405: another method', {}],
  ['GET /nowhere -> 404: an unknown path'],
])('%s', async (title, body, filling) => {
  const { what, status } = askedBy(title, filling)
  expect((await system.ask(what, body)).status).toBe(status)
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

it.each([...ROUTES.map(([route]) => route), 'POST /templates/upload'].map((route) => `${route} -> 401: no token`))(
  '%s',
  async (title) => {
    const { what, status } = askedBy(title, UNKNOWN)
    const answer = await system.call(what)
    expect([answer.status, answer.body]).toEqual([status, ''])
  },
)

it.each<[string, object]>([
  ['GET /health -> 200: for everybody', { status: 'healthy', service: 'template_service' }],
  ['GET /health/ready -> 200: for everybody', { status: 'ready', checks: { database: { status: 'healthy' } } }],
  ['GET /health/metrics -> 200: for everybody', { metrics: {} }],
])('%s', async (title, body) => {
  const { what, status } = askedBy(title)
  const answer = await system.call(what)
  expect([answer.status, answer.body]).toMatchObject([status, body])
})
