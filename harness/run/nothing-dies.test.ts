// A death as a run journals it, read back from the disk and judged: it spoils the drill it falls into, and no other.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { judgeRun } from '../checks/judge.ts'
import { aDrill, aRun, at } from '../checks/testing/records.ts'
import { openJournal } from '../journal/write.ts'
import type { Happening } from '../model/entry.ts'
import { readPastRun } from './past-run.ts'
import { openScribe } from './scribe.ts'
import type { Append } from './session.ts'

const opened = { ...aRun({ planned: ['first', 'second'] }).opened, type: 'run-opened' } as const
const lastLines = ['out of memory']
const death: Happening = { type: 'service-died', service: 'sample', how: 'signal SIGKILL', lastLines }
const drill = aDrill({ faults: [] })
const criteria = [{ kind: 'nothing-dies' }] as const

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'nothing-dies-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

type Reason = 'completed' | 'errored'

function runDrill(append: Append, { reason = 'completed' as Reason, sabotage = (): void => undefined } = {}) {
  append({ type: 'drill-opened', drill, criteria })
  append({ type: 'phase-began', phase: 'baseline' })
  sabotage()
  append({ type: 'phase-ended', phase: 'baseline' })
  append({ type: 'drill-closed', reason })
}

/** Writes the journal of two drills; what happens in the first is up to the test. */
async function judged(first: (append: Append) => void) {
  let now = at(0)
  const journal = openJournal(join(directory, 'journal.jsonl'), { now: () => (now += 1_000) })
  const { append, during } = openScribe(journal)
  append(opened)
  await during('first', async () => first(append))
  await during('second', async () => runDrill(append))
  append({ type: 'run-closed', reason: 'completed' })
  journal.close()
  return judgeRun(await readPastRun(directory))
}

test('sabotage: a service that ends in mid-drill fails that drill, and the run', async () => {
  const { verdict, drills } = await judged((append) => runDrill(append, { sabotage: () => append(death) }))
  expect(verdict).toBe('fail')
  expect(drills.map((one) => one.verdict)).toEqual(['fail', 'pass'])
  const because = 'sample ended by itself with signal SIGKILL in the baseline phase: out of memory'
  expect(drills[0]?.findings[0]).toMatchObject({ sentence: 'no service ends by itself', because, lines: [4] })
})

test('control: the same run without it passes', async () => {
  expect((await judged((append) => runDrill(append))).verdict).toBe('pass')
})

test('a drill that broke off over a death is inconclusive', async () => {
  const { drills } = await judged((append) => runDrill(append, { reason: 'errored', sabotage: () => append(death) }))
  expect(drills.map((one) => one.verdict)).toEqual(['inconclusive', 'pass'])
})
