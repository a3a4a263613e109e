// The contract of spreadsheet versioning: one line of versions per spreadsheet, however many write at the same time.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FILE, startSpreadsheets, type Spreadsheets } from './testing/spreadsheets.ts'

let on: Spreadsheets

beforeAll(async () => {
  on = await startSpreadsheets('127.63.13')
}, 90_000)

afterAll(() => on.system.stop())

describe('versions', () => {
  it('POST /api/v1/versions -> 200: the first of a spreadsheet, from the bytes of a file', async () => {
    const spreadsheet_id = randomUUID()
    const file = { name: 'plate', filename: 'p.csv', original_filename: 'Plate 1.csv', file_type: 'csv' }
    const body = { spreadsheet_id, ...file, file_data: [...Buffer.from(FILE)], metadata: { run: 'x' } }
    const answer = await on.call('POST /api/v1/versions', body)
    const place = { spreadsheet_id, version_number: 1, parent_version_id: null, status: 'Active', change_count: 6 }
    expect([answer.status, answer.body]).toMatchObject([200, { ...file, ...place, metadata: { run: 'x' } }])
    expect(answer.body).toMatchObject({ file_size: FILE.length, created_by: on.system.user.id })
  })

  it('POST /api/v1/spreadsheets/:spreadsheet_id/versions -> 200: the next one, and it is told', async () => {
    const { sheet, first } = await on.begin()
    const { status, body } = await on.bring(sheet, `${FILE}c,3\n`, { parent_version_id: first, version_tag: 'v2' })
    const place = { version_number: 2, parent_version_id: first, version_tag: 'v2', change_count: 2 }
    expect([status, body]).toMatchObject([200, place])
    const sql = 'select event_type from spreadsheet_versioning.outbox where subject = $1'
    expect(await on.system.postgres.read(sql, [sheet])).toEqual([
      { event_type: 'spreadsheet.version_created' },
      { event_type: 'spreadsheet.version_created' },
    ])
  })

  it('POST /api/v1/spreadsheets/:spreadsheet_id/versions -> 409: of many on one parent one is stored', async () => {
    const { sheet, first } = await on.begin()
    const files = Array.from({ length: 8 }, (_, n) => `${FILE}c,${n}\n`)
    const answers = await Promise.all(files.map((file) => on.bring(sheet, file, { parent_version_id: first })))
    const outcomes = answers.map(({ status, code }) => `${status} ${code}`).toSorted()
    expect(outcomes).toEqual(['200 ', ...Array.from({ length: 7 }, () => '409 merge_conflict')])
    const list = await on.call(`GET /api/v1/spreadsheets/${sheet}/versions`)
    const winner = answers.find(({ status }) => status === 200)?.body
    expect(list.body).toMatchObject({ total_count: 2, versions: [winner, { id: first }] })
  })

  it('of many that begin a spreadsheet one does', async () => {
    const sheet = randomUUID()
    const answers = await Promise.all(['a\n', 'b\n', 'c\n', 'd\n'].map((file) => on.bring(sheet, file)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409])
  })

  it('what is brought twice is there already, on whatever parent', async () => {
    const { sheet, first } = await on.begin()
    const twin = await on.bring(sheet, FILE, { parent_version_id: first })
    expect([twin.status, twin.code]).toEqual([409, 'version_already_exists'])
    expect(twin.body).toMatchObject({ details: { error_details: expect.stringContaining('version 1') } })
  })

  it('drafts stand beside the line, as many as there are on one version', async () => {
    const { sheet, first } = await on.begin()
    const draft = { parent_version_id: first, draft: true }
    const drafts = await Promise.all(['x\n', 'y\n'].map((file) => on.bring(sheet, file, draft)))
    expect(drafts.map(({ body }) => body)).toMatchObject([{ status: 'Draft' }, { status: 'Draft' }])
    expect((await on.bring(sheet, 'z\n', { parent_version_id: first })).status).toBe(200)
  })

  it('POST /api/v1/spreadsheets/:spreadsheet_id/versions -> 400: more than allowed', async () => {
    const { sheet, first } = await on.begin()
    let parent_version_id = first
    for (const n of [2, 3, 4, 5]) parent_version_id = await on.version(sheet, `${n}\n`, { parent_version_id })
    const answer = await on.bring(sheet, '6\n', { parent_version_id })
    expect([answer.status, answer.code]).toEqual([400, 'max_versions_exceeded'])
  })

  it('GET /api/v1/versions/:version_id -> 200, GET /api/v1/versions/:version_id/data -> 200: as brought', async () => {
    const { sheet, first } = await on.begin()
    const path = `/api/v1/versions/${first}`
    expect((await on.call(`GET ${path}`)).body).toMatchObject({ id: first, spreadsheet_id: sheet, name: 'plate' })
    expect(await on.rows(first)).toEqual([['id', 'volume'], ['a', '1'], ['b', '2']])
  })

  it('GET /api/v1/spreadsheets/:spreadsheet_id/versions -> 200: newest first, in pages', async () => {
    const { sheet, first } = await on.begin()
    const second = await on.version(sheet, 'x\n', { parent_version_id: first })
    const page = (await on.call(`GET /api/v1/spreadsheets/${sheet}/versions?limit=1&offset=1`)).body
    expect(page).toMatchObject({ versions: [{ id: first }], total_count: 2, page: 1, per_page: 1 })
    expect((page as { versions: { id: string }[] }).versions.some(({ id }) => id === second)).toBe(false)
  })

  it('GET /api/v1/spreadsheets/:spreadsheet_id/versions/:version_id -> 200: one of its own', async () => {
    const { sheet, first } = await on.begin()
    const second = await on.version(sheet, 'x\n', { parent_version_id: first })
    const one = await on.call(`GET /api/v1/spreadsheets/${sheet}/versions/${second}`)
    expect([one.status, one.body]).toMatchObject([200, { id: second, parent_version_id: first }])
  })

  it('GET /api/v1/spreadsheets/:spreadsheet_id/versions/:version_id -> 404: one of another spreadsheet', async () => {
    const [{ sheet }, { first }] = [await on.begin(), await on.begin()]
    expect((await on.call(`GET /api/v1/spreadsheets/${sheet}/versions/${first}`)).code).toBe('version_not_found')
    const strange = await on.bring(sheet, 'x\n', { parent_version_id: first, draft: true })
    expect([strange.status, strange.code]).toEqual([404, 'version_not_found'])
  })

  it('PUT /api/v1/versions/:version_id -> 200: what is said of it changes, what it holds does not', async () => {
    const { first } = await on.begin()
    const said = { version_tag: 'final', status: 'Archived', metadata: { ok: true } }
    const { status, body } = await on.call(`PUT /api/v1/versions/${first}`, said)
    expect([status, body]).toMatchObject([200, { ...said, changes_summary: null, file_size: FILE.length }])
    expect((await on.call(`PUT /api/v1/versions/${first}`, { status: 'Active' })).body).toMatchObject({
      status: 'Active',
      version_tag: 'final',
    })
  })

  it('PUT /api/v1/versions/:version_id -> 400: a draft does not enter the line like that', async () => {
    const { sheet, first } = await on.begin()
    const draft = await on.version(sheet, 'x\n', { parent_version_id: first, draft: true })
    expect((await on.call(`PUT /api/v1/versions/${draft}`, { status: 'Active' })).code).toBe('validation_error')
    expect((await on.call(`PUT /api/v1/versions/${draft}`, { version_tag: 'mine' })).status).toBe(200)
  })

  it('DELETE /api/v1/versions/:version_id -> 204: the newest, and the line goes on from the one before', async () => {
    const { sheet, first } = await on.begin()
    const second = await on.version(sheet, 'x\n', { parent_version_id: first })
    expect((await on.call(`DELETE /api/v1/versions/${second}`)).status).toBe(204)
    expect((await on.call(`GET /api/v1/versions/${second}`)).status).toBe(404)
    expect((await on.bring(sheet, 'y\n', { parent_version_id: first })).body).toMatchObject({ version_number: 3 })
  })

  it('DELETE /api/v1/versions/:version_id -> 400: one on which another stands', async () => {
    const { sheet, first } = await on.begin()
    await on.version(sheet, 'x\n', { parent_version_id: first })
    expect((await on.call(`DELETE /api/v1/versions/${first}`)).code).toBe('validation_error')
  })
})

it('the shipped defect: two versions on one parent are both taken, and the line forks', async () => {
  const env = { DEFECTS: 'no-version-lock' }
  const shipped = on.system.more({ name: 'spreadsheet-versioning', port: 8088, env }, '127.63.13.7')
  await shipped.waitUntil('/health/ready', 200)
  const { sheet, first } = await on.begin()
  const bring = async (file_data: string) => {
    const body = { name: 'p', filename: 'p.csv', file_type: 'csv', file_data, parent_version_id: first }
    return (await on.call(`POST /api/v1/spreadsheets/${sheet}/versions`, body, shipped.base)).status
  }
  expect([await bring('x\n'), await bring('y\n')]).toEqual([200, 200])
})
