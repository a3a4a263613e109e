// Of two versions on one parent one is taken: what each writer is told is judged by itself, and known by its tag.
import { expect, test } from 'vitest'
import { judge } from './expectation.ts'
import { cells, goOn, merge, mergeEarly, resolve, setAside } from './spreadsheet-requests.ts'

const DESK = { baseUrl: 'http://gateway', token: 't' }
const ID = '0b9e2c3a-4d5e-4f60-8a7b-9c0d1e2f3a4b'
const DRAFT = { sheet: 's', tag: 'k-ours', file: 'a\n', parent: 'p' }
const TAKEN = { id: ID, spreadsheet_id: 's', version_number: 2, version_tag: 'k-ours', parent_version_id: 'p', status: 'Active' }

test.each([
  ['taken', 200, TAKEN, 'acknowledged', true],
  ['too late', 409, { error: 'merge_conflict' }, 'failed', true],
  ['taken as number 3', 200, { ...TAKEN, version_number: 3 }, 'unknown', false],
  ['taken with another tag', 200, { ...TAKEN, version_tag: 'k-theirs' }, 'unknown', false],
  ['refused as there already', 409, { error: 'version_already_exists' }, 'failed', false],
])('a writer whose version is %s', (_, status, body, type, good) => {
  expect(judge(goOn(DESK, DRAFT).expect, { status, body, error: '' })).toMatchObject({ type, good })
})

test('a version is known by its tag, a merge by its source', () => {
  expect(goOn(DESK, DRAFT)).toMatchObject({ write: { store: 'spreadsheet-versions', key: 'k-ours' }, body: { file_data: 'a\n' } })
  expect(setAside(DESK, DRAFT).body).toMatchObject({ draft: true, parent_version_id: 'p' })
  const fork = { base: 'b', source: 'x', target: 'y' }
  const write = { store: 'spreadsheet-merges', key: 'x' }
  expect([merge(DESK, fork).write, mergeEarly(DESK, fork).write]).toEqual([write, write])
})

test('a decision must be the one that was asked for', () => {
  const { expect: wanted } = resolve(DESK, ID, 'version_a')
  const told = (resolution_strategy: string) => ({ id: ID, status: 'Resolved', resolution_strategy })
  const good = (body: unknown) => judge(wanted, { status: 200, body, error: '' }).good
  expect([good(told('version_a')), good(told('version_b'))]).toEqual([true, false])
})

test('cells are looked for in their row and column', () => {
  const body = { version_id: ID, sheets: [{ rows: [['id', 'volume'], ['a', '7']] }] }
  const good = (value: string) => judge(cells(DESK, ID, { '1.1': value }).expect, { status: 200, body, error: '' }).good
  expect([good('7'), good('8')]).toEqual([true, false])
})
