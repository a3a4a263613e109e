// The contract of the reports service: made in the background, kept through outages and restarts, handed out when made.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { clientOf, type Answer } from '../testing/client.ts'
import { startContractSystem, type ContractSystem } from '../testing/contract-system.ts'
import { openGate, type Gate } from '../testing/gate.ts'
import type { ServiceProcess } from '../testing/service-process.ts'

const NET = '127.63.9'
const ENV = {
  SAMPLE_SERVICE_URL: `http://${NET}.7:8081`,
  // Nobody is there: it refuses connections.
  STORAGE_SERVICE_URL: `http://${NET}.9:8082`,
  QAQC_SERVICE_URL: `http://${NET}.10:8089`,
  EVENT_SERVICE_URL: `http://${NET}.9:8087`,
  SOURCE_TIMEOUT: '400ms',
  DB_QUERY_TIMEOUT: '1s',
  REPORT_QUEUE_LIMIT: '2',
}
const ROWS = [
  { type: 'DNA', volume: 3 },
  { type: 'DNA', volume: 5 },
  { type: 'R"A', volume: 7 },
]

let system: ContractSystem
let gate: Gate

beforeAll(async () => {
  gate = await openGate({ host: `${NET}.10`, port: 8089 }, { host: `${NET}.8`, port: 8089 })
  system = await startContractSystem(NET, { name: 'reports', port: 8000, env: ENV })
  const sample = system.more({ name: 'sample', port: 8081 }, `${NET}.7`)
  const qaqc = system.more({ name: 'qaqc', port: 8089 }, `${NET}.8`)
  await Promise.all([sample, qaqc].map((service) => service.waitUntil('/health/ready', 200)))
}, 90_000)

afterAll(async () => {
  await system.stop()
  await gate.close()
})

function call(what: string, body?: unknown, of: ServiceProcess = system.service): Promise<Answer> {
  return clientOf(of.base)(what, body, system.user.token)
}

async function generate(wish: object): Promise<string> {
  const { status, body } = await call('POST /api/reports/generate', wish)
  if (status !== 200) throw new Error(`generate answered ${status}: ${JSON.stringify(body)}`)
  return (body as { id: string }).id
}

async function statusOf(id: string): Promise<string> {
  return ((await call(`GET /api/reports/${id}`)).body as { status: string }).status
}

async function made(id: string, status = 'completed'): Promise<void> {
  await vi.waitFor(async () => expect(await statusOf(id)).toBe(status), { timeout: 12_000, interval: 50 })
}

describe('reports', () => {
  it('POST /api/reports/generate -> 200: taken down, made soon', async () => {
    const { status, body } = await call('POST /api/reports/generate', { report_type: 'custom', rows: ROWS })
    expect([status, body]).toMatchObject([200, { status: 'generating', success: true }])
    const { id } = body as { id: string }
    await made(id)
    const sql = 'select event_type from reports.outbox where subject = $1 order by id'
    const events = await system.postgres.read<{ event_type: string }>(sql, [id])
    expect(events.map(({ event_type }) => event_type)).toEqual(['report.requested', 'report.completed'])
  })

  it('GET /api/reports/:id -> 200: what became of it', async () => {
    const id = await generate({ report_type: 'custom', rows: ROWS, title: 'Mine', format: 'csv' })
    await made(id)
    const wanted = { title: 'Mine', format: 'csv', row_count: 3, error_message: null, generated_by: system.user.id }
    expect((await call(`GET /api/reports/${id}`)).body).toMatchObject({ id, ...wanted, status: 'completed' })
  })

  it('GET /api/reports/:id/content -> 200: as JSON with a summary, or as CSV', async () => {
    const json = await generate({ report_type: 'custom', rows: ROWS })
    const csv = await generate({ report_type: 'custom', rows: ROWS, format: 'csv' })
    await Promise.all([json, csv].map((id) => made(id)))
    const { body } = await call(`GET /api/reports/${json}/content`)
    const summary = { row_count: 3, numbers: { volume: { mean: 5 } }, counts: { type: { DNA: 2 } } }
    expect(body).toMatchObject({ title: 'Custom Report', columns: ['type', 'volume'], rows: ROWS, summary })
    const table = await call(`GET /api/reports/${csv}/content`)
    expect(table.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(table.body).toBe('type,volume\r\nDNA,3\r\nDNA,5\r\n"R""A",7\r\n')
  })

  it('GET /api/reports -> 200: newest first, by status, in pages', async () => {
    const id = await generate({ report_type: 'custom', rows: [] })
    await made(id)
    const { status, body } = await call('GET /api/reports?status=completed&page_size=1')
    expect([status, body]).toMatchObject([200, { reports: [{ id, report_type: 'custom' }], success: true }])
    expect((body as { total: number }).total).toBeGreaterThan(1)
  })

  it('GET /api/reports/templates -> 200: what can be asked for', async () => {
    const { body } = await call('GET /api/reports/templates')
    const { templates } = body as { templates: { id: string }[] }
    expect(templates.map(({ id }) => id)).toEqual(['sample_summary', 'storage_utilization', 'quality_trends', 'custom'])
  })
})

describe('data of other services', () => {
  it('samples are summarised', async () => {
    const sample = clientOf(ENV.SAMPLE_SERVICE_URL)
    for (const sample_type of ['DNA', 'DNA', 'RNA']) {
      await sample('POST /samples', { name: 's', sample_type, volume: 4 }, system.user.token)
    }
    const id = await generate({ report_type: 'sample_summary' })
    await made(id)
    const { body } = await call(`GET /api/reports/${id}/content`)
    expect(body).toMatchObject({ summary: { row_count: 3, counts: { sample_type: { DNA: 2, RNA: 1 } } } })
  })

  it('GET /api/reports/:id/content -> 409: while a silent source delays it, and no longer', async () => {
    gate.swallow()
    const id = await generate({ report_type: 'quality_trends' })
    expect((await call(`GET /api/reports/${id}/content`)).code).toBe('report_not_ready')
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect(await statusOf(id)).toBe('generating')
    gate.open()
    await made(id)
    expect((await call(`GET /api/reports/${id}/content`)).body).toMatchObject({ summary: { row_count: 0 } })
  })

  it('POST /api/reports/generate -> 503: more reports than may wait; those that wait outlive the service', async () => {
    gate.swallow()
    const ids = [await generate({ report_type: 'quality_trends' }), await generate({ report_type: 'quality_trends' })]
    const answer = await call('POST /api/reports/generate', { report_type: 'custom', rows: [] })
    expect([answer.status, answer.code]).toEqual([503, 'queue_full'])
    await system.service.end('SIGKILL')
    gate.open()
    const again = system.more({ name: 'reports', port: 8000, env: ENV }, `${NET}.3`)
    await again.waitUntil('/health/ready', 200)
    for (const id of ids) await made(id)
  })

  it('a source that stays away fails the report in the end, and says why', async () => {
    const env = { ...ENV, GENERATION_LIFE: '1ms' }
    const impatient = system.more({ name: 'reports', port: 8000, env }, `${NET}.11`)
    await impatient.waitUntil('/health/ready', 200)
    const { body } = await call('POST /api/reports/generate', { report_type: 'storage_utilization' }, impatient)
    const { id } = body as { id: string }
    await made(id, 'failed')
    const { error_message } = (await call(`GET /api/reports/${id}`)).body as { error_message: string }
    expect(error_message).toContain('storage cannot be reached')
    await impatient.end('SIGTERM')
  })
})

describe('refusals', () => {
  it.each<[string, object | undefined, number, string]>([
    ['POST /api/reports/generate -> 422: an unknown type', { report_type: 'gossip' }, 422, ''],
    ['POST /api/reports/generate -> 422: rows that are none', custom([1]), 422, ''],
    ['POST /api/reports/generate -> 422: an unknown format', { ...custom([]), format: 'pdf' }, 422, ''],
    ['POST /api/reports/generate -> 400: too many rows', custom(many()), 400, 'validation_error'],
    ['POST /api/reports/generate -> 400: a NUL', custom([{ a: '\0' }]), 400, 'validation_error'],
    ['GET /api/reports -> 400: ?status=gone', undefined, 400, 'validation_error'],
    ['GET /api/reports/:id -> 404: none', undefined, 404, 'report_not_found'],
    ['GET /api/reports/:id/content -> 404: none', undefined, 404, 'report_not_found'],
  ])('%s', async (title, body, status, code) => {
    const what = (title.split(' -> ')[0] ?? '').replace(':id', randomUUID()) + (/\?\S+$/.exec(title)?.[0] ?? '')
    const answer = await call(what, body)
    expect([answer.status, answer.code]).toEqual([status, code])
  })

  const routes = ['', '/templates', '/:id', '/:id/content'].map((path) => `GET /api/reports${path}`)
  it.each([...routes, 'POST /api/reports/generate'])('%s -> 401: nobody', async (route) => {
    const answer = await system.call(route)
    expect([answer.status, answer.code]).toEqual([401, 'authentication_error'])
  })
})

function custom(rows: unknown[]): object {
  return { report_type: 'custom', rows }
}

function many(): object[] {
  return Array.from({ length: 1001 }, () => ({}))
}

it('the shipped defect: a report is promised and never made', async () => {
  const env = { ...ENV, DEFECTS: 'reports-never-made' }
  const shipped = system.more({ name: 'reports', port: 8000, env }, `${NET}.12`)
  await shipped.waitUntil('/health/ready', 200)
  const { status, body } = await call('POST /api/reports/generate', { report_type: 'sample_summary' }, shipped)
  const { id } = body as { id: string }
  expect([status, (await call(`GET /api/reports/${id}`)).status]).toEqual([200, 404])
})
