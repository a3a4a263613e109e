// Channels, templates and subscriptions: made, read, changed, deleted, and what they do to notifications.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askedBy, type Filling } from '../testing/route-title.ts'
import { startNotificationSystem, WISH, type NotificationSystem } from './testing/notification-system.ts'

const UNKNOWN = '00000000-0000-4000-8000-000000000000'

let desk: NotificationSystem

beforeAll(async () => {
  desk = await startNotificationSystem('127.61.31')
}, 30_000)

afterAll(() => desk.stop())

const THINGS = {
  channels: { name: 'lab slack', channel_type: 'Slack', config: { room: '#lab' } },
  templates: { name: 'run', title: 'Run {{run}}', body: 'Run {{run}} is {{state}}' },
  subscriptions: { name: 'runs', event_types: ['sequencing.*'], channels: ['Email'], recipients: ['a@lab.test'] },
} as const

describe.each(Object.entries(THINGS))('%s', (name, thing) => {
  let id = ''

  it(`POST /${name} -> 200: is stored`, async () => {
    const { status, body } = await desk.call(`POST /${name}`, thing)
    expect([status, body]).toMatchObject([200, thing])
    id = String((body as { id: string }).id)
  })

  it(`GET /${name} -> 200: is listed`, async () => {
    const { body } = await desk.call(`GET /${name}?page_size=100`)
    const found = (body as Record<string, { id: string }[]>)[name]?.map((one) => one.id)
    expect(found).toContain(id)
  })

  it(`GET /${name}/:id -> 200: is read`, async () => {
    expect((await desk.call(`GET /${name}/${id}`)).body).toMatchObject({ id, ...thing })
  })

  it(`PUT /${name}/:id -> 200: is changed where it is said`, async () => {
    const { status, body } = await desk.call(`PUT /${name}/${id}`, { name: 'renamed' })
    expect([status, body]).toMatchObject([200, { ...thing, id, name: 'renamed' }])
  })

  it(`POST /${name} -> 409: a name is taken once`, async () => {
    expect((await desk.call(`POST /${name}`, { ...thing, name: 'renamed' })).code).toBe('CONFLICT')
  })

  it(`DELETE /${name}/:id -> 200: is gone`, async () => {
    expect((await desk.call(`DELETE /${name}/${id}`)).body).toEqual({ success: true })
    expect((await desk.call(`GET /${name}/${id}`)).status).toBe(404)
  })

  it.each<[string, number, string, unknown, Filling?]>([
    [`POST /${name}`, 400, 'an empty name', { ...thing, name: '' }],
    [`POST /${name}`, 422, 'nothing', {}],
    [`GET /${name}`, 400, 'no page', undefined, { query: 'page=0' }],
    [`GET /${name}/:id`, 404, 'an unknown id', undefined],
    [`PUT /${name}/:id`, 404, 'an unknown id', {}],
    [`DELETE /${name}/:id`, 404, 'an unknown id', undefined],
  ])('%s -> %i: %s', async (route, status, why, body, filling) => {
    const { what } = askedBy(`${route} -> ${status}: ${why}`, { ids: { id: UNKNOWN }, ...filling })
    expect((await desk.call(what, body)).status).toBe(status)
  })

  it.each([
    ['POST', ''],
    ['GET', ''],
    ['GET', '/:id'],
    ['PUT', '/:id'],
    ['DELETE', '/:id'],
  ])(`%s /${name}%s -> 401: nobody knows who calls`, async (method, path) => {
    const body = method === 'POST' || method === 'PUT' ? {} : undefined
    const what = `${method} /${name}${path.replace(':id', UNKNOWN)}`
    expect((await desk.system.call(what, body, 'a.b.c')).status).toBe(401)
  })
})

it('a template fills title and message, and wants all its values', async () => {
  const { body } = await desk.call('POST /templates', THINGS.templates)
  const { title: _title, message: _message, ...rest } = WISH
  const wish = { ...rest, template_id: (body as { id: string }).id, template_data: { run: 7, state: 'done' } }
  const sent = await desk.call('POST /notifications', wish)
  const { id } = sent.body as { id: string }
  expect((await desk.call(`GET /notifications/${id}`)).body).toMatchObject({ title: 'Run 7', message: 'Run 7 is done' })
  const lacking = await desk.call('POST /notifications', { ...wish, template_data: { run: 7 } })
  expect([lacking.status, lacking.code]).toEqual([400, 'TEMPLATE_ERROR'])
})

it('a template that is in use stays', async () => {
  const made = await desk.call('POST /templates', { ...THINGS.templates, name: 'used' })
  const template_id = (made.body as { id: string }).id
  await desk.call('POST /subscriptions', { ...THINGS.subscriptions, name: 'user', template_id })
  expect((await desk.call(`DELETE /templates/${template_id}`)).code).toBe('CONFLICT')
})

it('a disabled channel sends nothing until it is enabled', async () => {
  const { body } = await desk.call('POST /channels', { ...THINGS.channels, enabled: false })
  const id = await desk.send()
  await desk.reaches(id, 'Failed')
  expect(JSON.stringify((await desk.call(`GET /notifications/${id}/status`)).body)).toContain('Slack is disabled')
  await desk.call(`PUT /channels/${(body as { id: string }).id}`, { enabled: true })
  await desk.call(`POST /notifications/${id}/retry`)
  await desk.reaches(id, 'Sent')
})

it.each([
  ['an unknown channel type', 'channels', { name: 'x', channel_type: 'Pigeon' }, 422],
  ['a pattern that is none', 'subscriptions', { ...THINGS.subscriptions, name: 'x', event_types: ['sample*'] }, 400],
  ['an unknown template', 'subscriptions', { ...THINGS.subscriptions, name: 'x', template_id: UNKNOWN }, 409],
])('%s is refused', async (_what, name, thing, status) => {
  expect((await desk.call(`POST /${name}`, thing)).status).toBe(status)
})
