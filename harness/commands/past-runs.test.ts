// harness alerts quality and harness compare as command lines: which runs they find, what outlives a journal, and the exit codes.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import yargs from 'yargs'
import { drillOf, firedIn, historyOfRun } from '../checks/testing/histories.ts'
import { aDrill, at } from '../checks/testing/records.ts'
import type { AlertQuality } from '../model/rule-quality.ts'
import type { DrillHistory, RunHistory } from '../model/run-history.ts'
import { historyDirectory, listHistory, readHistory, writeHistory } from '../run/history-files.ts'
import { openJournal } from '../journal/write.ts'
import { systemClock } from '../time/clock.ts'
import { alertsCommand } from './alerts.ts'
import type { CommandWorld } from './command-world.ts'
import { compareCommand } from './compare.ts'
import { reportCommand } from './report.ts'

// each reads all content anew
vi.setConfig({ testTimeout: 30_000 })

const [FIRST, SECOND, THIRD] = ['20260101-120000-aaaaaa', '20260102-120000-bbbbbb', '20260103-120000-cccccc'] as const

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'past-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
})

async function harness(...words: readonly string[]) {
  const said = { printed: [] as string[], told: [] as string[], exit: undefined as number | undefined }
  const world: CommandWorld = {
    root,
    clock: systemClock,
    env: {},
    signal: new AbortController().signal,
    isTerminal: false,
    colour: false,
    print: (line) => void said.printed.push(line),
    overwrite: () => undefined,
    tell: (line) => void said.told.push(line),
    exit: (code) => void (said.exit = code),
    onLeft: () => undefined,
  }
  const cli = yargs([...words]).command([alertsCommand(world), compareCommand(world) as never, reportCommand(world) as never])
  await cli.strict().exitProcess(false).fail((message, thrown) => {
    throw thrown ?? new Error(message)
  }).parseAsync()
  return { ...said, text: said.printed.join('\n') }
}

function keep(run: string, drill: DrillHistory, changes: Partial<RunHistory> = {}): void {
  writeHistory(root, historyOfRun([drill], { run, ...changes }))
}

/** A journal of a drill that was interrupted. */
function record(run: string, command = 'of the journal'): void {
  const journal = openJournal(join(root, 'reports/runs', run, 'journal.jsonl'), { now: () => at(0) })
  journal.append({ type: 'run-opened', run, command, drills: ['slow'], runtime: 'local', acceleration: 1, watched: true, floors: [], versions: {}, digests: {}, machine: {} }, undefined)
  journal.append({ type: 'drill-opened', drill: aDrill({ name: 'slow' }), criteria: [{ kind: 'targets-up' }] }, 'slow')
  journal.close()
}

test('the last two are compared when none is named, and worse ends with 1', async () => {
  keep(FIRST, firedIn(900))
  keep(SECOND, firedIn(20))
  keep(THIRD, firedIn(60))
  const said = await harness('compare')
  expect(said.exit).toBe(1)
  expect(said.text).toContain('slow: Slow{service=s0}, fault to firing: 1 min, before 20.0 s: 40.0 s longer')
  expect((await harness('compare', '20260101', 'latest')).exit).toBe(0)
})

test('no drill in common ends with 3', async () => {
  keep(FIRST, firedIn(20))
  keep(SECOND, drillOf({ id: 'other', name: 'other' }))
  const said = await harness('compare', '--json')
  expect(said.exit).toBe(3)
  expect(JSON.parse(said.text)).toMatchObject({ common: [], onlyBefore: ['slow'], onlyAfter: ['other'], worse: false })
})

test('the journal of a run goes before what was kept of it; both can be named by path', async () => {
  keep(FIRST, firedIn(20), { command: 'of the history' })
  record(FIRST)
  keep(SECOND, firedIn(20))
  expect((await harness('compare')).text).toMatch(/^before .*of the journal\n/)
  expect((await harness('compare', join(historyDirectory(root), `${FIRST}.json`), 'latest')).text).toMatch(/^before .*of the history\n/)
  expect((await harness('compare', join(root, 'reports/runs', FIRST), 'latest')).text).toMatch(/^before .*of the journal\n/)
})

test('a run that is not there, not the only one, or not readable is told', async () => {
  keep(FIRST, firedIn(20))
  await expect(harness('compare', 'latest', '2025')).rejects.toThrow(`no run 2025 in reports/runs or reports/history; newest: ${FIRST}`)
  await expect(harness('compare')).rejects.toThrow('no run previous')
  keep(SECOND, firedIn(20))
  await expect(harness('compare', '2026')).rejects.toThrow('2 runs begin with 2026')
  writeFileSync(join(historyDirectory(root), `${SECOND}.json`), '{}')
  await expect(harness('compare')).rejects.toThrow(`${SECOND}.json: version: `)
})

test('quality counts what was kept of runs that are gone, and names and leaves out what cannot be read', async () => {
  keep(FIRST, firedIn(20, 30))
  keep(SECOND, firedIn(40), { acceleration: 10 })
  mkdirSync(historyDirectory(root), { recursive: true })
  writeFileSync(join(historyDirectory(root), `${THIRD}.json`), 'torn')
  const said = await harness('alerts', 'quality', '--any-rules', '--json')
  const { rules, runs } = JSON.parse(said.text) as AlertQuality
  expect(rules.find(({ alert }) => alert === 'Slow')).toMatchObject({ asked: 3, fired: 3, detection: { samples: 3, medianMs: 30_000, highMs: 400_000 } })
  expect(runs).toMatchObject({ found: 3, counted: 2, leftOut: [{ why: 'cannot be read', runs: [THIRD] }] })
  expect(said.told.join()).toContain(`${THIRD}.json`)
  expect((await harness('alerts', 'quality')).text).toContain('left out: 2 had other rules')
  expect((await harness('alerts', 'quality', '--any-rules', '--runs', 'previous')).text).toMatch(/^Slow +1 of 1 /m)
})

test('reporting on a run of this clone keeps it, on one that lies elsewhere does not', async () => {
  record(FIRST)
  await harness('report', FIRST)
  expect(listHistory(root).map(({ run, path }) => [run, readHistory(path).command])).toEqual([[FIRST, 'of the journal']])
  const elsewhere = join(root, 'elsewhere')
  const journal = openJournal(join(elsewhere, 'journal.jsonl'), { now: () => at(0) })
  journal.append({ type: 'run-opened', run: SECOND, command: '', drills: [], runtime: 'local', acceleration: 1, watched: true, floors: [], versions: {}, digests: {}, machine: {} }, undefined)
  journal.close()
  await harness('report', elsewhere)
  expect(listHistory(root)).toHaveLength(1)
})
