// What was written is what is read back; damage is named, and only a torn last line is forgiven.
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LoadedDrill } from '../model/drill.ts'
import type { Happening } from '../model/entry.ts'
import { readRun } from './read.ts'
import { openJournal } from './write.ts'

const opened: Happening = {
  type: 'run-opened',
  run: 'r1',
  command: 'harness drill',
  drills: ['quiet'],
  runtime: 'local',
  acceleration: 30,
  watched: true,
  floors: [],
  versions: {},
  digests: {},
  machine: {},
}
const fault = { kind: 'outage', edge: '*->postgres', for: '1m' } as const
const ref = { index: 0, fault, target: 'sample->postgres' }
const proof = { what: 'connected', before: 'ok', seen: 'refused', holds: true }
const drill: LoadedDrill = {
  name: 'quiet',
  file: 'chaos/quiet.ts',
  title: 'Is all quiet?',
  tags: [],
  load: { scenario: 's', rate: '2/s', floor: '1/s' },
  baseline: '1m',
  faults: [fault],
  criteria: [],
  allow: [],
}

let directory: string
let file: string
let time: number
const clock = { now: () => (time += 1) }
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'journal-'))
  file = join(directory, 'run', 'journal.jsonl')
  time = 1_000
})
afterEach(() => rmSync(directory, { recursive: true }))

function write(...happenings: readonly (readonly [Happening, string?])[]): void {
  const journal = openJournal(file, clock)
  for (const [happening, drillId] of happenings) journal.append(happening, drillId)
  journal.close()
}

test('a run comes back as it was written', async () => {
  const own = (happening: Happening) => [happening, 'quiet'] as const
  const failed = { type: 'step-failed', step: 'x', code: 'BUG', message: 'm', hint: 'h' } as const
  write(
    [opened],
    own({ type: 'drill-opened', drill, criteria: [] }),
    own({ type: 'phase-began', phase: 'baseline' }),
    own({ type: 'phase-ended', phase: 'baseline' }),
    own({ type: 'phase-began', phase: 'baseline' }),
    own({ type: 'phase-ended', phase: 'baseline' }),
    own({ type: 'phase-began', phase: 'fault' }),
    own({ type: 'fault-applying', ...ref, undo: { action: 'enable-proxy', edge: 'sample->postgres' } }),
    own({ type: 'fault-applied', ...ref }),
    own({ type: 'fault-applied', ...ref, target: 'auth->postgres' }),
    own({ type: 'fault-proved', ...ref, proof }),
    own({ type: 'fault-reverted', ...ref }),
    own(failed),
    [failed],
  )
  const record = await readRun(join(directory, 'run'))
  expect(record).toMatchObject({
    opened: { run: 'r1', seq: 1, at: 1_001 },
    closed: undefined,
    tornLines: 0,
    failures: [{ seq: 14 }],
  })
  expect(record.drills).toMatchObject([
    {
      id: 'quiet',
      drill: { name: 'quiet' },
      acceleration: 30,
      openedAt: 1_002,
      closed: undefined,
      phases: { baseline: { from: 1_003, to: 1_006 }, fault: { from: 1_007, to: 1_013 } },
      failures: [{ seq: 13 }],
    },
  ])
  const [first, second] = record.drills[0]?.faults ?? []
  expect(first).toEqual({ ...ref, appliedAt: 1_009, proof, revertedAt: 1_012, lines: [8, 9, 11, 12] })
  expect(second).toEqual({ ...ref, target: 'auth->postgres', appliedAt: 1_010, lines: [10] })
})

test('listeners hear each entry, until they stop or throw', () => {
  const journal = openJournal(file, clock)
  const heard: number[] = []
  const stop = journal.onEntry(({ seq }) => heard.push(seq))
  let calls = 0
  journal.onEntry(() => {
    calls += 1
    throw new Error('the console is gone')
  })
  journal.append(opened)
  journal.append({ type: 'stack-ready', ms: 1 })
  stop()
  journal.append({ type: 'stack-ready', ms: 2 })
  journal.close()
  expect([heard, calls]).toEqual([[1, 2], 1])
  expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(3)
})

test('a journal is never reopened, and a closed one takes nothing', () => {
  write([opened])
  expect(() => openJournal(file, clock)).toThrow(
    expect.objectContaining({ code: 'JOURNAL_UNWRITABLE', message: expect.stringContaining('EEXIST') }),
  )
  const other = openJournal(join(directory, 'other.jsonl'), clock)
  other.close()
  other.close()
  expect(() => other.append(opened)).toThrow(expect.objectContaining({ code: 'JOURNAL_UNWRITABLE' }))
})

test('a place that cannot be written is JOURNAL_UNWRITABLE', () => {
  expect(() => openJournal('/dev/null/journal.jsonl', clock)).toThrow(
    expect.objectContaining({ code: 'JOURNAL_UNWRITABLE' }),
  )
})

test('a torn last line is counted and forgiven', async () => {
  write([opened], [{ type: 'stack-ready', ms: 1 }])
  appendFileSync(file, '{"v":1,"seq":3,"at":')
  expect(await readRun(file)).toMatchObject({ tornLines: 1, entries: [{ seq: 1 }, { seq: 2 }] })
})

const first = JSON.stringify({ v: 1, seq: 1, at: 1, ...opened })
test.each([
  [
    'a torn line in the middle',
    `${first}\n{"v":1,"s\n{"v":1,"seq":3,"at":3,"type":"stack-ready"}\n`,
    /journal\.jsonl:2: not JSON/,
  ],
  [
    'another version',
    '{"v":2,"seq":1,"at":1,"type":"run-opened"}\n',
    /journal\.jsonl:1: version 2, this harness reads version 1/,
  ],
  ['no version', 'null\n', /journal\.jsonl:1: no version/],
  ['a lost line', `${first}\n{"v":1,"seq":3,"at":3,"type":"stack-ready"}\n`, /journal\.jsonl:2: says it is line 3/],
  ['no time', '{"v":1,"seq":1,"type":"run-opened"}\n', /journal\.jsonl:1: an entry needs/],
  [
    'no beginning',
    '{"v":1,"seq":1,"at":1,"type":"stack-ready"}\n',
    /journal\.jsonl:1: the journal begins with stack-ready, expected run-opened/,
  ],
  ['nothing', '', /journal\.jsonl:1: the journal is empty/],
])('%s is JOURNAL_UNREADABLE and says where', async (_, text, message) => {
  writeFileSync(join(directory, 'journal.jsonl'), text)
  await expect(readRun(directory)).rejects.toMatchObject({
    code: 'JOURNAL_UNREADABLE',
    message: expect.stringMatching(message),
    hint: expect.stringMatching(/\w/),
  })
})

test('a run that is not there is JOURNAL_UNREADABLE', async () => {
  await expect(readRun(join(directory, 'nowhere'))).rejects.toMatchObject({
    code: 'JOURNAL_UNREADABLE',
    message: expect.stringContaining('nowhere'),
  })
  await expect(readRun(directory)).rejects.toMatchObject({
    code: 'JOURNAL_UNREADABLE',
    message: expect.stringContaining('journal.jsonl'),
  })
})
