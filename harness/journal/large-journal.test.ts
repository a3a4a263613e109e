// What a long night's journal costs to read, judge and render in all formats: two seconds and 300 MB are the aim.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeLargeJournal } from './testing/large-journal.ts'

const MEASURE = join(import.meta.dirname, 'testing/measure-report.ts')
/** Node lets its nursery grow to 128 MB by default, whatever lives in it; small, it shows what we ourselves need. */
const SMALL_NURSERY = '--max-semi-space-size=8'
const MOST_MIB = 300
/** Three times the aim: other work on the machine must not fail the test. The figures themselves are printed. */
const MOST_MS = 6_000

test.each([
  ['many drills', { drills: 200, linesPerDrill: 500 }],
  ['one drill', { drills: 1, linesPerDrill: 100_000 }],
])(
  '100,000 lines, %s',
  (_, size) => {
    const directory = mkdtempSync(join(tmpdir(), 'large-'))
    try {
      const file = join(directory, 'journal.jsonl')
      const lines = writeLargeJournal(file, size)
      expect(lines).toBeGreaterThan(99_000)
      const { stdout, stderr } = spawnSync(process.execPath, [SMALL_NURSERY, MEASURE, file], { encoding: 'utf8' })
      expect(stderr).toBe('')
      process.stdout.write(stdout)
      const figures = JSON.parse(stdout)
      expect(figures).toMatchObject({ lines, verdict: 'pass' })
      expect(figures.totalMs).toBeLessThan(MOST_MS)
      expect(figures.rssMiB).toBeLessThan(MOST_MIB)
    } finally {
      rmSync(directory, { recursive: true })
    }
  },
  60_000,
)
