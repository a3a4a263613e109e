// The invariants of documents and of spreadsheets: what is broken on purpose is found, named and found alone.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { askInvariants, type AskedInvariants } from './testing/asked-invariants.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

let asked: AskedInvariants

beforeAll(async () => {
  asked = await askInvariants('127.61.45.1')
}, 60_000)

afterAll(() => asked.postgres.remove())

describe('a document', () => {
  const DOCUMENT = id(1)
  const change = (sql: string) => asked.as('rag', sql)
  const document = (status: string) => change(`insert into rag.documents (id, filename, document_type, content, uploaded_by, status)
    values ('${DOCUMENT}', 'f', 'text', 'x', '${id(9)}', '${status}')`)
  const passage = () => change(`insert into rag.passages (document_id, title, body) values ('${DOCUMENT}', 'f', 'x')`)

  async function told(...types: readonly string[]): Promise<void> {
    for (const type of types) await change(`insert into rag.outbox (event_type, subject, payload) values ('document.${type}', '${DOCUMENT}', '{}')`)
    await asked.delivered('rag')
  }

  afterEach(() => change('truncate rag.documents, rag.outbox cascade'))

  it('that was read can be found, and everything of it was told once', async () => {
    await document('completed')
    await passage()
    await told('uploaded', 'processing_completed', 'information_extracted')
    expect(await asked.broken()).toEqual({})
    expect(await asked.seen('document-is-read')).toMatchObject({ judged: 1 })
  })

  it.each([
    ['read, and cannot be found', 'completed', ['uploaded', 'processing_completed', 'information_extracted'], 'it is read and cannot be found'],
    ['failed, and was told of twice', 'failed', ['uploaded', 'processing_completed', 'processing_completed'],
      'it told document.processing_completed, document.processing_completed, document.uploaded'],
    ['failed, and was not told of', 'failed', [], 'it told nothing'],
  ])('that is %s', async (_, status, types, why) => {
    await document(status)
    await told(...types)
    expect(await asked.broken()).toEqual({ 'document-is-read': [`${DOCUMENT}: ${why}`] })
  })

  it('that still waits', async () => {
    await document('processing')
    await told('uploaded')
    const [why] = (await asked.broken())['document-is-read'] ?? []
    expect(why).toMatch(new RegExp(`^${DOCUMENT}: it waits since .*, after 0 attempts$`))
  })
})

describe('a spreadsheet', () => {
  const SHEET = id(1)
  const change = (sql: string) => asked.as('spreadsheet-versioning', sql)

  interface Version {
    readonly number: number
    readonly parent?: number
    readonly status?: string
    readonly branch?: boolean
    readonly from?: number
  }

  /** Version n has the id 10 + n. */
  function version({ number, parent, status = 'Active', branch = false, from }: Version): Promise<void> {
    const metadata = from === undefined ? '{}' : JSON.stringify({ merged_from: id(10 + from) })
    return change(`insert into spreadsheet_versioning.versions (id, spreadsheet_id, version_number, status, is_branch, parent_version_id, name,
      filename, original_filename, file_type, file_size, file_hash, change_count, created_by, metadata, grid)
      values ('${id(10 + number)}', '${SHEET}', ${number}, '${status}', ${branch}, ${parent === undefined ? 'null' : `'${id(10 + parent)}'`}, 'n',
      'f', 'f', 'csv', 1, 'h', 0, '${id(9)}', '${metadata}', '[]')`)
  }

  async function line(...versions: readonly Version[]): Promise<void> {
    await change(`insert into spreadsheet_versioning.spreadsheets (id, last_number) values ('${SHEET}', 9)`)
    for (const one of versions) await version(one)
    const last = versions.findLast(({ branch, status }) => branch !== true && status !== 'Deleted')
    await change(`update spreadsheet_versioning.spreadsheets set head_version_id = '${id(10 + (last?.number ?? 0))}'`)
  }

  const conflict = (strategy: string, value: string) => change(`insert into spreadsheet_versioning.conflicts (id, base_version_id, version_a_id,
    version_b_id, row_index, column_index, value_a, value_b, base_value, status, resolution_strategy, resolved_value)
    values ('${id(30)}', '${id(11)}', '${id(12)}', '${id(13)}', 1, 1, 'a', 'b', 'o', 'Resolved', '${strategy}', ${value})`)

  const FORK = [{ number: 1 }, { number: 2, parent: 1 }, { number: 3, parent: 1, branch: true, status: 'Archived' }, { number: 4, parent: 2, from: 3 }]

  afterEach(() => change('truncate spreadsheet_versioning.spreadsheets, spreadsheet_versioning.versions cascade'))

  it('with drafts, a version that was taken back, and a merge is one line', async () => {
    await line(...FORK, { number: 5, parent: 4, status: 'Deleted' }, { number: 6, parent: 4 }, { number: 7, parent: 6, status: 'Deleted' })
    await conflict('custom', `'c'`)
    expect(await asked.broken()).toEqual({})
    expect(await Promise.all(['spreadsheet-line-is-one', 'spreadsheet-merge-is-whole'].map(asked.seen))).toMatchObject([{ judged: 5 }, { judged: 1 }])
  })

  it('with two versions on one parent', async () => {
    await line({ number: 1 }, { number: 2, parent: 1 }, { number: 3, parent: 1 })
    const why = `${id(13)}: version 3 of spreadsheet ${SHEET} stands on ${id(11)}, the one before it is ${id(12)}`
    expect(await asked.broken()).toEqual({ 'spreadsheet-line-is-one': [why] })
  })

  it('with two beginnings, and a newest version that is not', async () => {
    await line({ number: 1 }, { number: 2 })
    await change(`update spreadsheet_versioning.spreadsheets set head_version_id = '${id(11)}'`)
    expect(await asked.broken()).toEqual({
      'spreadsheet-line-is-one': [
        `${id(12)}: version 2 of spreadsheet ${SHEET} stands on none, the one before it is ${id(11)}`,
        `${SHEET}: its newest version is ${id(12)}, its line ends at ${id(11)}`,
      ],
    })
  })

  it('with a draft that was merged twice, or is still one', async () => {
    await line(...FORK, { number: 5, parent: 4, from: 3 }, { number: 6, parent: 1, branch: true, status: 'Draft' }, { number: 7, parent: 5, from: 6 })
    const whys = [`${id(13)}: it was merged 2 times`, `${id(16)}: it was merged, and is Draft`]
    const { 'spreadsheet-merge-is-whole': found, ...others } = await asked.broken()
    expect([found?.toSorted(), others]).toEqual([whys, {}])
  })

  it.each([
    ['version_a', `'b'`, 'b'],
    ['version_b', 'null', 'no value'],
    ['base', `'a'`, 'a'],
  ])('with a conflict that was settled as %s and has %s', async (strategy, value, said) => {
    await line(...FORK)
    await conflict(strategy, value)
    expect(await asked.broken()).toEqual({ 'spreadsheet-merge-is-whole': [`${id(30)}: it was settled as ${strategy}, and has ${said}`] })
  })
})
