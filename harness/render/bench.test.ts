// A table of ratios must show what was missed and what was not measured, and leave the rest of a document alone.
import { expect, test } from 'vitest'
import { rowOf } from '../model/bench.ts'
import type { Bench } from '../model/bench.ts'
import { benchForConsole, benchForMarkdown, withBench } from './bench.ts'

const rounds = [{ ours: 96, plain: 100 }, { ours: 99, plain: 100 }, { ours: 90, plain: 100 }]
const bench: Bench = {
  version: 1,
  run: '20261121-073015-3fa9c1',
  at: '2026-11-21T07:30:15.000Z',
  command: 'npx harness bench',
  machine: { platform: 'linux-x64', cpus: '2', memoryMiB: '8000' },
  versions: {},
  rows: [
    rowOf({ part: 'load', what: 'ours / bare: throughput', unit: 'per second', bound: { atLeast: 0.97 }, rounds }),
    rowOf({ part: 'load', what: 'ours / bare: p95', unit: 'ms', bound: { atMost: 1.05 }, rounds }),
    rowOf({ part: 'verdict', what: 'quiet', unit: 'ms', rounds: [{ ours: 30_000, plain: 24_000 }] }),
    { part: 'start', what: 'containers', missing: 'no engine | at all' },
  ],
}

test('on a terminal the columns stand under each other, and gaps come last', () => {
  expect(benchForConsole(bench).split('\n')).toEqual([
    'what is compared         ratio         asked          least to most   rounds  medians of both',
    'ours / bare: throughput  0.960 MISSED  at least 0.97  0.900 to 0.990  3       96.0/s / 100/s',
    'ours / bare: p95         0.960         at most 1.05   0.900 to 0.990  3       96.0 ms / 100.0 ms',
    'quiet                    1.250                                        1       30.0 s / 24.0 s',
    'not measured: containers: no engine | at all',
  ])
})

test('in Markdown what was not measured is a row with its reason', () => {
  expect(benchForMarkdown(bench).split('\n')).toEqual([
    '`npx harness bench` on linux-x64, 2 cores, 8000 MiB, 2026-11-21. A ratio is the median of its rounds.',
    '',
    '| what is compared | ratio | asked | least to most | rounds | medians of both |',
    '| --- | --- | --- | --- | --- | --- |',
    '| ours / bare: throughput | 0.960 MISSED | at least 0.97 | 0.900 to 0.990 | 3 | 96.0/s / 100/s |',
    '| ours / bare: p95 | 0.960 | at most 1.05 | 0.900 to 0.990 | 3 | 96.0 ms / 100.0 ms |',
    '| quiet | 1.250 |  |  | 1 | 30.0 s / 24.0 s |',
    '| containers | not measured |  | no engine \\| at all |  |  |',
  ])
})

test('it stands between its markers, once, however often it is written', () => {
  const readme = 'before\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nafter\n'
  const once = withBench(readme, bench, 'README.md')
  expect(once).toBe(`before\n<!-- bench:begin -->\n${benchForMarkdown(bench)}\n<!-- bench:end -->\nafter\n`)
  expect(withBench(once, bench, 'README.md')).toBe(once)
})

test.each(['no marker', '<!-- bench:end --> <!-- bench:begin -->', '<!-- bench:begin -->'])('%s is no place for it', (text) => {
  expect(() => withBench(text, bench, 'README.md')).toThrow('README.md has no <!-- bench:begin --> followed by <!-- bench:end -->')
})
