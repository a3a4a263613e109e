// The figures that are committed and the table that is shown are the same ones.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BENCH_PARTS, benchSchema, isMeasured, rowOf } from '../model/bench.ts'
import { withBench } from '../render/bench.ts'

const ROOT = join(import.meta.dirname, '../..')
const bench = benchSchema.parse(JSON.parse(readFileSync(join(ROOT, 'reports/bench/latest.json'), 'utf8')))

test('README shows what reports/bench/latest.json holds', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
  expect(withBench(readme, bench, 'README.md')).toBe(readme)
})

test('every part is in it, and every ratio is that of its rounds', () => {
  expect([...new Set(bench.rows.map(({ part }) => part))]).toEqual([...BENCH_PARTS])
  for (const row of bench.rows.filter(isMeasured)) expect(rowOf(row)).toEqual(row)
})
