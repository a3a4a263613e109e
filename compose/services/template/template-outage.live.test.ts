// The template service's contract without its database, and the defects it shipped with.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientOf } from '../testing/client.ts'
import { startContractSystem } from '../testing/contract-system.ts'
import { askedBy } from '../testing/route-title.ts'
import { FORM, NOBODY, ROUTES, startTemplateSystem, type TemplateSystem } from './testing/template-system.ts'

let system: TemplateSystem

beforeAll(async () => {
  system = await startTemplateSystem('127.62.5')
}, 90_000)

afterAll(() => system.stop())

describe('without its database', () => {
  beforeAll(() => system.postgres.kill())

  // Auth is without its database as well, so it is another service that asks.
  it.each(ROUTES.map(([route, body]) => [`${route} -> 500: bare`, body] as const))('%s', async (title, body) => {
    const { what, status } = askedBy(title, { ids: { id: NOBODY, field_id: NOBODY } })
    const ask = clientOf(system.service.base, { authorization: 'Service service_test' })
    const answer = await ask(what, body)
    expect([answer.status, answer.body]).toEqual([status, ''])
  })

  it('GET /health/ready -> 503: and alive all the same; all is well when it is back', async () => {
    await system.service.waitUntil('/health/ready', 503)
    expect((await system.call('GET /health')).status).toBe(200)
    expect((await system.ask('GET /templates')).status).toBe(502)
    await system.postgres.start()
    await system.service.waitUntil('/health/ready', 200)
    expect((await system.ask('GET /templates')).status).toBe(200)
  })
})

describe('defects', () => {
  it('no-template-tables: healthy and ready, and every call fails; and nothing works', async () => {
    const env = { DEFECTS: 'no-template-tables' }
    const bare = await startContractSystem('127.62.2', { name: 'template', port: 8083, env })
    try {
      const ask = (what: string, body?: object) => bare.call(what, body, bare.user.token)
      expect((await bare.call('GET /health/ready')).status).toBe(200)
      expect([(await ask('POST /templates', FORM)).status, (await ask('GET /templates')).status]).toEqual([500, 500])
    } finally {
      await bare.stop()
    }
  })

  it('unchecked-template-limits, stub-template-clone: a template without a name, a copy that is none', async () => {
    const env = { DEFECTS: 'unchecked-template-limits,stub-template-clone' }
    const other = system.more({ name: 'template', port: 8083, env }, '127.62.1.7')
    await other.waitUntil('/health/ready', 200)
    const headers = { authorization: `Bearer ${system.user.token}`, 'content-type': 'application/json' }
    const post = (path: string, body: object) => {
      return fetch(`${other.base}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    }
    const nameless = { ...FORM, name: '' }
    expect([
      (await post('/templates', nameless)).status,
      (await system.ask('POST /templates', nameless)).status,
    ]).toEqual([200, 400])
    const cloned = await post(`/templates/${NOBODY}/clone`, {})
    expect([cloned.status, await cloned.json()]).toEqual([200, { message: 'Template cloning not yet implemented' }])
  })
})
