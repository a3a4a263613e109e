// Rows that come back the same, rows that do not, other rows, and a backup of nothing.
import { expect, test } from 'vitest'
import { judgedBy } from '../testing/gate.ts'

const check = { kind: 'backup' as const, service: 'db', tables: 1 }
const table = { table: 'orders', rows: 12, restored: 12, same: true }

test('the same', () => {
  expect(judgedBy<'backup'>(check, [table])).toMatchObject({ verdict: 'pass', because: '12 rows of 1 table came back the same' })
})

test('fewer, and others', () => {
  expect(judgedBy<'backup'>(check, [{ ...table, restored: 11 }])).toMatchObject({ verdict: 'fail', because: 'orders had 12 rows and has 11' })
  expect(judgedBy<'backup'>(check, [{ ...table, same: false }])).toMatchObject({ verdict: 'fail', because: 'orders has other rows than it had' })
})

test('a backup of empty tables says nothing', () => {
  expect(judgedBy<'backup'>(check, [{ ...table, rows: 0, restored: 0 }])).toMatchObject({ verdict: 'inconclusive', because: 'only 0 tables had rows' })
})
