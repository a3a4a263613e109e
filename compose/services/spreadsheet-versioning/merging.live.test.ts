// The contract of differences, merges and conflicts of spreadsheet versions.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FILE, startSpreadsheets, type Spreadsheets } from './testing/spreadsheets.ts'

let on: Spreadsheets

beforeAll(async () => {
  on = await startSpreadsheets('127.63.14')
}, 90_000)

afterAll(() => on.system.stop())

type Fork = Readonly<Record<'sheet' | 'base' | 'target' | 'source', string>>

/** A spreadsheet whose line went on to `newest` while a draft with `mine` was made. */
async function fork(newest: string, mine: string): Promise<Fork> {
  const { sheet, first: base } = await on.begin()
  const target = await on.version(sheet, newest, { parent_version_id: base })
  const source = await on.version(sheet, mine, { parent_version_id: base, draft: true })
  return { sheet, base, target, source }
}

const IN_CONFLICT = ['id,volume\na,8\nb,2\n', 'id,volume\na,7\nb,9\n'] as const

function mergeInto(target: string, source: string, more: object = {}) {
  return on.call('POST /api/v1/diff/merge', { source_version_id: source, target_version_id: target, ...more })
}

async function conflictsOf(forked: Fork): Promise<readonly { readonly id: string }[]> {
  const { base, source, target } = forked
  const body = { base_version_id: base, version_a_id: source, version_b_id: target }
  return (await on.call('POST /api/v1/diff/conflicts', body)).body as { id: string }[]
}

describe('differences', () => {
  it('POST /api/v1/diff/compare -> 200: every cell that differs, and what they come to', async () => {
    const { base, target } = await fork(`${FILE.replace('a,1', 'a, 1')}c,3\n`, 'x\n')
    const between = { from_version_id: base, to_version_id: target }
    const { status, body } = await on.call('POST /api/v1/diff/compare', between)
    const changed = { diff_type: 'cell_change', row_index: 1, column_index: 1, column_name: 'volume' }
    const added = { diff_type: 'cell_added', row_index: 3, old_value: null }
    const diffs = [{ ...changed, old_value: '1', new_value: ' 1' }, { ...added, new_value: 'c' }, added]
    const summary = { total_changes: 3, row_changes: 1, column_changes: 0, structural_changes: 1 }
    expect([status, body]).toMatchObject([200, { from_version: { id: base }, diffs, summary, truncated: false }])
    const lenient = { ...between, diff_options: { ignore_whitespace: true } }
    expect((await on.call('POST /api/v1/diff/compare', lenient)).body).toMatchObject({ summary: { total_changes: 2 } })
  })

  it('POST /api/v1/diff/conflicts -> 200: found once, however often they are looked for', async () => {
    const forked = await fork(...IN_CONFLICT)
    const [conflict] = await conflictsOf(forked)
    const values = { base_value: '1', value_a: '7', value_b: '8', column_name: 'volume', status: 'Pending' }
    expect(conflict).toMatchObject({ ...values, row_index: 1, column_index: 1 })
    expect(await conflictsOf(forked)).toEqual([conflict])
  })
})

describe('merges', () => {
  it('POST /api/v1/diff/merge -> 200: what only one side changed, as the newest version', async () => {
    const { sheet, source, target } = await fork('id,volume\na,5\nb,2\n', 'id,volume,type\na,1,DNA\nb,2\n')
    const { status, body } = await mergeInto(target, source)
    const merge_summary = { total_changes_applied: 2, conflicts_resolved: 0, merge_strategy_used: 'AutoMerge' }
    expect([status, body]).toMatchObject([200, { merge_summary, conflicts: [] }])
    const { merged_version_id: merged } = body as { merged_version_id: string }
    expect(await on.rows(merged)).toEqual([['id', 'volume', 'type'], ['a', '5', 'DNA'], ['b', '2']])
    const list = await on.call(`GET /api/v1/spreadsheets/${sheet}/versions`)
    const line = [{ id: merged, parent_version_id: target, version_number: 4 }, { id: source, status: 'Archived' }]
    expect((list.body as { versions: object[] }).versions.slice(0, 2)).toMatchObject(line)
    const sql = `select event_type from spreadsheet_versioning.outbox where payload ->> 'source_version_id' = $1`
    expect(await on.system.postgres.read(sql, [source])).toEqual([{ event_type: 'spreadsheet.versions_merged' }])
  })

  it.each([
    ['SourceWins', '7'],
    ['TargetWins', '8'],
  ])('POST /api/v1/diff/merge -> 200: %s', async (merge_strategy, value) => {
    const { source, target } = await fork(...IN_CONFLICT)
    const { body } = await mergeInto(target, source, { merge_strategy })
    const rows = await on.rows((body as { merged_version_id: string }).merged_version_id)
    expect(rows).toEqual([['id', 'volume'], ['a', value], ['b', '9']])
  })

  it('POST /api/v1/diff/merge -> 409: conflicts, until they are resolved', async () => {
    const forked = await fork(...IN_CONFLICT)
    const first = await mergeInto(forked.target, forked.source)
    expect([first.status, first.code]).toEqual([409, 'merge_conflict'])
    const [conflict] = await conflictsOf(forked)
    const resolution = { resolution_strategy: 'custom', resolved_value: '7.5', resolution_notes: 'mean' }
    await on.call(`POST /api/v1/conflicts/${conflict?.id}/resolve`, resolution)
    const { status, body } = await mergeInto(forked.target, forked.source)
    expect([status, body]).toMatchObject([200, { merge_summary: { conflicts_resolved: 1 } }])
    const rows = await on.rows((body as { merged_version_id: string }).merged_version_id)
    expect(rows).toEqual([['id', 'volume'], ['a', '7.5'], ['b', '9']])
  })

  it('POST /api/v1/diff/merge -> 200: with the resolutions at hand', async () => {
    const forked = await fork(...IN_CONFLICT)
    const [conflict] = await conflictsOf(forked)
    const conflict_resolution = [{ conflict_id: conflict?.id, resolution_strategy: 'version_b' }]
    const { status, body } = await mergeInto(forked.target, forked.source, { conflict_resolution })
    expect([status, body]).toMatchObject([200, { conflicts: [{ status: 'Resolved', resolved_value: '8' }] }])
  })

  it('of many merges into one version one is done', async () => {
    const { sheet, base, target, source } = await fork('id,volume\na,5\nb,2\n', 'id,volume\na,1\nb,3\n')
    const other = await on.version(sheet, 'id,volume\na,1\nb,4\n', { parent_version_id: base, draft: true })
    const answers = await Promise.all([mergeInto(target, source), mergeInto(target, other)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  it('POST /api/v1/diff/merge -> 400: what is part of it already, and what is another spreadsheet', async () => {
    const { base, target } = await fork('x\n', 'y\n')
    expect((await mergeInto(target, base)).code).toBe('validation_error')
    expect((await mergeInto(target, (await on.begin()).first)).code).toBe('validation_error')
  })
})

describe('conflicts', () => {
  it('GET /api/v1/conflicts -> 200, GET /api/v1/conflicts/:conflict_id -> 200: newest first, by status', async () => {
    const [conflict] = await conflictsOf(await fork(...IN_CONFLICT))
    const { status, body } = await on.call('GET /api/v1/conflicts?status=Pending&limit=1')
    expect([status, body]).toMatchObject([200, { conflicts: [conflict], page: 0, per_page: 1 }])
    expect((await on.call(`GET /api/v1/conflicts/${conflict?.id}`)).body).toEqual(conflict)
  })

  it.each([
    ['version_a', '7'],
    ['version_b', '8'],
    ['base', '1'],
  ])('POST /api/v1/conflicts/:conflict_id/resolve -> 200: as in %s', async (resolution_strategy, resolved_value) => {
    const [conflict] = await conflictsOf(await fork(...IN_CONFLICT))
    const answer = await on.call(`POST /api/v1/conflicts/${conflict?.id}/resolve`, { resolution_strategy })
    const wanted = { status: 'Resolved', resolution_strategy, resolved_value, resolved_by: on.system.user.id }
    expect([answer.status, answer.body]).toMatchObject([200, wanted])
  })

  it('POST /api/v1/conflicts/:conflict_id/resolve -> 400: of many who decide at the same time one does', async () => {
    const [conflict] = await conflictsOf(await fork(...IN_CONFLICT))
    const decide = (resolution_strategy: string) => {
      return on.call(`POST /api/v1/conflicts/${conflict?.id}/resolve`, { resolution_strategy })
    }
    const answers = await Promise.all(['version_a', 'version_b', 'base'].map(decide))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400, 400])
    expect(answers.find(({ status }) => status === 400)?.code).toBe('conflict_resolution_error')
  })
})
