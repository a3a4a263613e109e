// The template service's contract: files of templates, export and import.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FORM, startTemplateSystem, VOLUME, type Body, type TemplateSystem } from './testing/template-system.ts'

let system: TemplateSystem

beforeAll(async () => {
  system = await startTemplateSystem('127.62.3')
}, 90_000)

afterAll(() => system.stop())

it('POST /templates/upload -> 200: a template of the file', async () => {
  const answer = await system.upload('C:\\data\\plate.csv', 'well,volume\nA1,"1,5"\n')
  const body = (await answer.json()) as Body
  const metadata = { original_filename: 'plate.csv', file_type: 'csv', file_size: 21 }
  expect([answer.status, body.template]).toMatchObject([
    200,
    { name: 'plate.csv', category: 'uploaded', tags: ['csv'], metadata },
  ])
})

it('GET /templates/:id/data -> 200: the rows of its file, none without one', async () => {
  const { template } = (await (await system.upload('plate.csv', 'well,volume\nA1,"1,5"\n')).json()) as Body
  const { status, body } = await system.ask(`GET /templates/${template?.id}/data`)
  const sheet = { name: 'Sheet1', headers: ['well', 'volume'], rows: [['A1', '1,5']], total_rows: 2, total_columns: 2 }
  expect([status, body]).toMatchObject([
    200,
    { template: { id: template?.id }, data: { sheet_names: ['Sheet1'], sheets: [sheet] } },
  ])
  const { body: empty } = await system.ask(`GET /templates/${await system.created()}/data`)
  expect(empty).toMatchObject({ data: { sheet_names: [], sheets: [] } })
})

it('GET /templates/:id/download -> 200: the file as it was', async () => {
  const { template } = (await (await system.upload('plätte.bin', '\u0000\u0001')).json()) as Body
  const { status, headers, body } = await system.ask(`GET /templates/${template?.id}/download`)
  expect([status, body, headers.get('content-type')]).toEqual([200, '\u0000\u0001', 'application/octet-stream'])
  expect(headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''pl%C3%A4tte.bin`)
})

it('GET /templates/:id/export -> 200: with its fields', async () => {
  const [id] = await system.withField()
  const { status, body } = await system.ask(`GET /templates/${id}/export`)
  expect([status, body]).toMatchObject([200, { success: true, template: { ...FORM, fields: [VOLUME] } }])
})

it('POST /templates/import -> 200: what was exported, as drafts of their own', async () => {
  const [id] = await system.withField()
  const { template } = (await system.ask(`GET /templates/${id}/export`)).body as Body
  const { status, body } = await system.ask('POST /templates/import', { templates: [template, template] })
  const copy = { ...FORM, status: 'Draft', field_count: 1 }
  expect([status, body]).toMatchObject([200, { templates: [copy, copy], message: '2 templates imported' }])
})

it('POST /templates/import -> 409: all or none', async () => {
  const count = async () =>
    ((await system.ask('GET /templates')).body as { pagination: { total_count: number } }).pagination.total_count
  const before = await count()
  const broken = { ...FORM, fields: [VOLUME, VOLUME] }
  expect((await system.ask('POST /templates/import', { templates: [FORM, broken] })).status).toBe(409)
  expect(await count()).toBe(before)
})
