// A report is promised first and made later: a promise that is never kept must show, and so must wrong sums.
import { expect, test } from 'vitest'
import { judge } from './expectation.ts'
import * as ask from './report-requests.ts'

const desk = { baseUrl: 'http://gateway', token: 't' }
const answer = (status: number, body: unknown) => ({ status, body, error: '' })
const report = (status: string) => answer(200, { success: true, id: 'r', status, completed_at: '2026-11-21T12:00:00Z' })

test.each([
  ['generating', 'later', true],
  ['completed', 'later', true],
  ['failed', 'later', false],
  ['generating', 'now', false],
  ['completed', 'now', true],
] as const)('a report that is %s, where it may be made %s: good is %j', (status, by, good) => {
  expect(judge(ask.look(desk, 'r', by).expect, report(status)).good).toBe(good)
})

test('a report that is made is told from one in the making', () => {
  expect([report('completed'), report('generating')].map(({ body }) => ask.isMade(body))).toEqual([true, false])
})

test('each report is a write of its title, also one that is refused', () => {
  const refused = ask.generateTooMuch(desk, 'too much')
  const asked = [ask.generate(desk, ask.ownRows('mine', 'json')), refused]
  expect(asked.map(({ write }) => write?.key)).toEqual(['mine', 'too much'])
  expect((refused.body as { rows: object[] }).rows).toHaveLength(1_001)
})

test('a table is read as its lines, and one row too few is noticed', () => {
  const { expect: wanted, read } = ask.exported(desk, 'r')
  const table = 'type,volume\r\nDNA,3\r\nDNA,5\r\n"RNA, total",7\r\n'
  expect(judge(wanted, answer(200, read?.(table)))).toMatchObject({ good: true })
  const shorter = answer(200, read?.(table.replace('DNA,5\r\n', '')))
  expect(judge(wanted, shorter)).toMatchObject({ why: 'rows is 2, expected 3' })
})

test('a report that is not among the recent ones is missed', () => {
  const { expect: wanted } = ask.recent(desk, 'r')
  const others = answer(200, { success: true, reports: [{ id: 'x' }] })
  expect(judge(wanted, others)).toMatchObject({ good: false, why: expect.stringContaining('namesTheReport') })
  expect(judge(wanted, answer(200, { success: true, reports: [{ id: 'x' }, { id: 'r' }] }))).toMatchObject({ good: true })
})

test('reports of what others know are asked for in turn', () => {
  const kinds = [0, 1, 2, 3].map((turn) => ask.ofAnother('t', turn).report_type)
  expect(kinds).toEqual(['sample_summary', 'storage_utilization', 'quality_trends', 'sample_summary'])
})
