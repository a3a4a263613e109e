// The template service's contract: templates and their fields, with every race for them, and the events they make.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FORM, startTemplateSystem, VOLUME, type Body, type TemplateSystem } from './testing/template-system.ts'

let system: TemplateSystem

beforeAll(async () => {
  system = await startTemplateSystem('127.62.1')
}, 90_000)

afterAll(() => system.stop())

describe('templates', () => {
  it('POST /templates -> 200: a draft of its own', async () => {
    const wish = { ...FORM, tags: ['dna'], is_public: true, form_config: { steps: 2 }, metadata: { a: 1 } }
    const { status, body } = await system.ask('POST /templates', wish)
    const { tags, is_public, form_config, metadata } = wish
    const template = {
      ...FORM,
      status: 'Draft',
      version: '1.0',
      category: 'general',
      created_by: system.user.id,
      field_count: 0,
    }
    expect([status, body]).toMatchObject([
      200,
      { success: true, template: { ...template, tags, is_public, form_config, metadata } },
    ])
  })

  it('GET /templates -> 200: pages, newest first', async () => {
    const id = await system.created()
    const { status, body } = await system.ask('GET /templates?page_size=1')
    expect([status, body]).toMatchObject([200, { data: [{ id }], pagination: { page: 1, page_size: 1 } }])
    const { body: whole } = await system.ask('GET /templates')
    expect(whole).toMatchObject({ pagination: { page_size: 50, total_pages: 1 } })
  })

  it('GET /templates/:id -> 200: what was stored', async () => {
    const { status, body } = await system.ask(`GET /templates/${await system.created({ description: 'd' })}`)
    expect([status, body]).toMatchObject([200, { success: true, template: { ...FORM, description: 'd' } }])
  })

  it('PUT /templates/:id -> 200: given fields change, the others stay', async () => {
    const id = await system.created({ category: 'lab', metadata: { a: 1 } })
    const { status, body } = await system.ask(`PUT /templates/${id}`, {
      name: 'new',
      status: 'Published',
      category: null,
    })
    const template = { name: 'new', category: 'lab', metadata: { a: 1 }, status: 'Published', version: '2.0' }
    expect([status, body]).toMatchObject([200, { template: { ...template, published_by: system.user.id } }])
  })

  it('PUT /templates/:id -> 200: of changes at the same time none is lost', async () => {
    const id = await system.created()
    const wishes = [{ name: 'a' }, { description: 'b' }, { category: 'c' }, { tags: ['d'] }, { is_public: true }]
    await Promise.all(wishes.map((wish) => system.ask(`PUT /templates/${id}`, wish)))
    const { body } = await system.ask(`GET /templates/${id}`)
    expect(body).toMatchObject({ template: { ...Object.assign({}, ...wishes), version: '6.0' } })
  })

  it('DELETE /templates/:id -> 200: once, and it is gone for everybody', async () => {
    const [id, field] = await system.withField()
    const answers = await Promise.all(Array.from({ length: 4 }, () => system.ask(`DELETE /templates/${id}`)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404, 404, 404])
    const paths = [`${id}`, `${id}/data`, `${id}/fields`, `${id}/fields/${field}`, `${id}/download`, `${id}/export`]
    const gone = await Promise.all(paths.map((path) => system.ask(`GET /templates/${path}`)))
    expect(new Set(gone.map(({ status }) => status))).toEqual(new Set([404]))
  })

  it('POST /templates/:id/clone -> 200: a draft with the same fields', async () => {
    const [id] = await system.withField()
    await system.ask(`PUT /templates/${id}`, { status: 'Published' })
    const { status, body } = await system.ask(`POST /templates/${id}/clone`)
    const template = { name: 'DNA intake (Copy)', status: 'Draft', version: '1.0', field_count: 1 }
    expect([status, body]).toMatchObject([200, { success: true, template }])
    const copy = (body as Body).template?.id
    expect(copy).not.toBe(id)
    expect((await system.ask(`GET /templates/${copy}/fields`)).body).toMatchObject({ count: 1, fields: [VOLUME] })
    const named = await system.ask(`POST /templates/${id}/clone`, { name: 'mine' })
    expect(named.body).toMatchObject({ template: { name: 'mine' } })
  })
})

describe('fields', () => {
  it('POST /templates/:id/fields -> 200: in their order, and the template counts them', async () => {
    const [id] = await system.withField({ validation_rules: [{ rule: 'MinValue', value: 0 }] })
    const second = await system.ask(`POST /templates/${id}/fields`, {
      ...VOLUME,
      field_name: 'unit',
      field_type: 'Select',
    })
    expect([second.status, second.body]).toMatchObject([
      200,
      { success: true, field: { field_order: 1, template_id: id } },
    ])
    expect((await system.ask(`GET /templates/${id}`)).body).toMatchObject({
      template: { field_count: 2, version: '3.0' },
    })
  })

  it('GET /templates/:id/fields -> 200: all of them with their count', async () => {
    const [id, field] = await system.withField()
    const { status, body } = await system.ask(`GET /templates/${id}/fields`)
    expect([status, body]).toMatchObject([200, { success: true, fields: [{ id: field, ...VOLUME }], count: 1 }])
  })

  it('GET /templates/:id/fields/:field_id -> 200: one of them', async () => {
    const [id, field] = await system.withField()
    const { status, body } = await system.ask(`GET /templates/${id}/fields/${field}`)
    expect([status, body]).toMatchObject([200, { field: { ...VOLUME, is_required: false, validation_rules: [] } }])
  })

  it('PUT /templates/:id/fields/:field_id -> 200: given fields change', async () => {
    const [id, field] = await system.withField()
    const { status, body } = await system.ask(`PUT /templates/${id}/fields/${field}`, {
      field_label: 'ml',
      is_required: true,
    })
    expect([status, body]).toMatchObject([200, { field: { ...VOLUME, field_label: 'ml', is_required: true } }])
  })

  it('DELETE /templates/:id/fields/:field_id -> 200: once', async () => {
    const [id, field] = await system.withField()
    const wish = `DELETE /templates/${id}/fields/${field}`
    expect([(await system.ask(wish)).status, (await system.ask(wish)).status]).toEqual([200, 404])
  })

  it('POST /templates/:id/fields -> 409: of many with one name exactly one is stored', async () => {
    const id = await system.created()
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => system.ask(`POST /templates/${id}/fields`, VOLUME)),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409, 409])
    expect((await system.ask(`GET /templates/${id}`)).body).toMatchObject({ template: { version: '2.0' } })
  })

  it('POST /templates/:id/fields -> 409: never more than the limit, however many come at once', async () => {
    const id = await system.created()
    const add = (n: number) => system.ask(`POST /templates/${id}/fields`, { ...VOLUME, field_name: `f${n}` })
    const numbers = Array.from({ length: 205 }, (_, n) => n)
    const answers: Awaited<ReturnType<typeof add>>[] = []
    // forty at once: of all together a slow machine would have to turn some away
    for (let at = 0; at < numbers.length; at += 41) answers.push(...(await Promise.all(numbers.slice(at, at + 41).map(add))))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(200)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(5)
  })
})

it('every change has its event, in order, though nobody takes events now', async () => {
  const [id, field] = await system.withField()
  await system.ask(`PUT /templates/${id}`, { name: 'b' })
  await system.ask(`PUT /templates/${id}/fields/${field}`, { field_name: '' })
  await system.ask(`DELETE /templates/${id}`)
  const sql = 'select event_type, payload from template.outbox where subject = $1 order by id'
  const events = await system.postgres.read<{ event_type: string; payload: object }>(sql, [id])
  const types = events.map(({ event_type }) => event_type)
  expect(types).toEqual(['template.created', 'template.updated', 'template.updated', 'template.deleted'])
  expect(events[2]?.payload).toMatchObject({ template_id: id, name: 'b', by: system.user.id })
})
