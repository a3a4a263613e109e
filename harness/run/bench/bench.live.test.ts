// The benchmark as a user runs it: figures that are numbers, in the shape that is documented.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { benchSchema, isMeasured } from '../../model/bench.ts'
import { ROOT } from '../testing/live-runs.ts'
import { cli } from '../testing/cli.ts'

test('one round of one part gives finite ratios, on the terminal and on disk', async () => {
  const { code, out, err } = await cli('bench', '--only', 'edge', '--rounds', '1', '--json')
  expect(err).toContain('edge, round 1: throughput ')
  const bench = benchSchema.parse(JSON.parse(out))
  const file = join(ROOT, 'reports/bench', `${bench.run}.json`)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(bench)
  rmSync(file)
  const measured = bench.rows.filter(isMeasured)
  expect(measured.map(({ part, unit }) => [part, unit])).toEqual([['edge', 'per second'], ['edge', 'ms']])
  for (const { ratio } of measured) expect(ratio.median).toSatisfy(Number.isFinite)
  expect(code).toBe(0)
})

test.each([
  [['--only', 'edge,teapot'], '--only knows load,edge,start,verdict, not teapot'],
  [['--rounds', '0'], '--rounds wants a whole number of 1 or more, got 0'],
  [['--only', 'edge', '--publish'], '--publish wants every part'],
])('%j is a mistake that is named', async (flags, message) => {
  const { code, err } = await cli('bench', ...flags)
  expect(err).toContain(message)
  expect(code).toBe(2)
})
