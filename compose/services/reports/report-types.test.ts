// Rows are found in the answers of other services, and what is no row is none.
import { expect, it } from 'vitest'
import { REPORT_TYPES, rowsOf } from './report-types.ts'

it.each([
  ['sample_summary', { success: true, data: { samples: [{ id: 'a' }] } }],
  ['storage_utilization', { success: true, data: [{ id: 'a' }] }],
  ['quality_trends', [{ id: 'a' }]],
])('%s finds its rows', (name, body) => {
  expect(rowsOf(REPORT_TYPES[name]?.source?.rows(body))).toEqual([{ id: 'a' }])
})

it.each([[{}], [null], ['x'], [{ data: null }]])('%j has none', (body) => {
  for (const { source } of Object.values(REPORT_TYPES)) {
    if (source !== undefined) expect(rowsOf(source.rows(body))).toBeUndefined()
  }
})

it('what is no single value is left out', () => {
  expect(rowsOf([{ a: 1, b: { c: 2 }, d: [3], e: null }])).toEqual([{ a: 1, e: null }])
  expect(rowsOf([{ a: 1 }, 2])).toBeUndefined()
})
