// The committed run doubles as a golden test: judged and rendered again, any day, it comes out byte for byte the same.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { judgePast, RENDERERS } from '../../harness/commands/write-reports.ts'

const directory = join(import.meta.dirname, 'smoke')
const judged = await judgePast(directory)

test.each(Object.entries(RENDERERS))('%s', (file, render) => {
  expect(render(judged)).toBe(readFileSync(join(directory, file), 'utf8'))
})

test('it proves what it says: five drills, all passed, and nothing of the machine it ran on', () => {
  expect(judged.judgement).toMatchObject({ verdict: 'pass', drills: { length: 5 } })
  expect(readFileSync(join(directory, 'journal.jsonl'), 'utf8')).not.toMatch(/"\/(root|home|work|tmp|Users)\//)
})

/** Of which journals of the first days know nothing; whoever records the sample anew keeps this one beside it. */
const LATER = ['"way":', '"channel":', '"fingerprint":', '"seed":', '"probe":"notifications"', '"type":"gate-opened"']

test('it was written by an earlier version, and is read and rendered all the same', () => {
  const journal = readFileSync(join(directory, 'journal.jsonl'), 'utf8')
  expect(LATER.filter((mark) => journal.includes(mark))).toEqual([])
  expect(judged.gates).toEqual([])
  for (const render of Object.values(RENDERERS)) expect(render(judged)).not.toMatch(/undefined|NaN|\[object/)
})
