// harness alerts coverage as a command line: which runs it reads, what it prints, and the exit code that a gate goes by.
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { parse } from 'yaml'
import yargs from 'yargs'
import { alerts, clock, delivery, rules, snapshot, spell } from '../checks/testing/evidence.ts'
import { aDrill, aFault, at, END, FAULT, FAULT_END } from '../checks/testing/records.ts'
import type { AlertCoverage } from '../model/alert-coverage.ts'
import type { Happening } from '../model/entry.ts'
import type { Labels } from '../model/evidence.ts'
import { openJournal } from '../journal/write.ts'
import { systemClock } from '../time/clock.ts'
import { alertsCommand } from './alerts.ts'
import type { CommandWorld } from './command-world.ts'

/** The rules as they are shipped, whatever they are: the first is proven here, the second is not. */
const FILES = readdirSync('alerts').filter((name) => name.endsWith('.rules.yml')).map((name) => join('alerts', name))
const shipped = FILES.flatMap((file): Rule[] => parse(readFileSync(file, 'utf8')).groups.flatMap(({ rules: all }: { rules: Rule[] }) => all.filter(({ alert }) => alert !== undefined)))
const [{ alert: proven = '', labels = {} } = {}, { alert: other = '' } = {}] = shipped
const now = Object.fromEntries(FILES.map((file) => [file, createHash('sha256').update(readFileSync(file)).digest('hex')]))
const others = { [FILES[0] ?? '']: 'another' }

interface Rule {
  readonly alert?: string
  readonly labels?: Labels
}

// each reads all content anew
vi.setConfig({ testTimeout: 30_000 })

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'coverage-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
})

/** A run in which the first rule went through its whole chain. */
function record(run: string, digests: Labels): void {
  let second = -30
  const journal = openJournal(join(root, 'reports/runs', run, 'journal.jsonl'), { now: () => at(second) })
  const tell = (when: number, happening: Happening) => {
    second = when
    journal.append(happening, happening.type.startsWith('run-') ? undefined : 'slow-database')
  }
  const fault = { index: 0, fault: aFault, target: 'sample->postgres' }
  const proof = { what: 'asked', before: '3 ms', seen: '1504 ms', holds: true }
  tell(-30, { type: 'run-opened', run, command: '', drills: ['slow-database'], runtime: 'local', acceleration: 1, watched: true, floors: [], versions: {}, digests, machine: {} })
  tell(0, { type: 'drill-opened', drill: aDrill(), criteria: [{ kind: 'alert-fires', alert: proven, receiver: 'backend' }] })
  tell(...evidence(snapshot()))
  tell(FAULT, { type: 'fault-applied', ...fault })
  tell(FAULT + 1, { type: 'fault-proved', ...fault, proof })
  tell(...evidence(delivery(83, 'firing', { alert: proven, labels })))
  tell(FAULT_END, { type: 'fault-reverted', ...fault })
  tell(FAULT_END, { type: 'fault-gone', ...fault, proof })
  tell(...evidence(delivery(131, 'resolved', { alert: proven, labels })))
  for (const one of [clock(), rules({ alert: proven, labels }), alerts(spell('pending', [70, 79], { alert: proven, labels }), spell('firing', [80, 125], { alert: proven, labels }))]) tell(END, { type: 'evidence', evidence: one })
  tell(END + 1, { type: 'drill-closed', reason: 'completed' })
  tell(END + 2, { type: 'run-closed', reason: 'completed' })
  journal.close()
}

function evidence([seconds, one]: ReturnType<typeof snapshot> | ReturnType<typeof delivery>): [number, Happening] {
  return [seconds, { type: 'evidence', evidence: one }]
}

async function coverage(...flags: readonly string[]) {
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
  await yargs(['alerts', 'coverage', ...flags]).command(alertsCommand(world)).strict().exitProcess(false).fail((message, thrown) => {
    throw thrown ?? new Error(message)
  }).parseAsync()
  return said
}

const read = ({ printed }: { readonly printed: readonly string[] }) => JSON.parse(printed.join('\n')) as AlertCoverage & { readonly below?: readonly string[] }
const stateOf = ({ rules: all }: AlertCoverage, name: string) => all.find(({ alert }) => alert === name)?.state

test('a run with the rules of today proves one, a run with others nothing, and one that cannot be read is counted', async () => {
  record('20260101-120000-aaaaaa', now)
  record('20260102-120000-bbbbbb', others)
  mkdirSync(join(root, 'reports/runs/20260103-120000-cccccc'))
  const said = await coverage('--json')
  expect(said.exit).toBeUndefined()
  const all = read(said)
  const { runs, faults } = all
  expect([stateOf(all, proven), stateOf(all, other)]).toEqual(['proven', 'unit-tested only'])
  expect(runs).toMatchObject({ found: 3, counted: 1, leftOut: [{ why: 'had other rules' }, { why: 'cannot be read', runs: ['20260103-120000-cccccc'] }] })
  expect(faults).toMatchObject([{ kind: 'latency', target: 'sample->postgres', state: 'alerts' }])
  expect((await coverage()).printed.join('\n')).toMatch(new RegExp(`^${proven} +proven +20\\.0 s +23\\.0 s +6\\.0 s +1x +slow-database in 20260101-120000-aaaaaa$`, 'm'))
})

test('a level ends with 1 and names who is below it, or with 0', async () => {
  record('20260101-120000-aaaaaa', now)
  const strict = await coverage('--level', 'proven', '--json')
  expect(strict.exit).toBe(1)
  expect(read(strict).below).toContain(other)
  expect(read(strict).below).not.toContain(proven)
  expect(strict.told.join('\n')).toContain(`${other} (unit-tested only)`)
  expect((await coverage('--level', 'tested')).exit).toBe(0)
})

test('of named runs only those count, and each has to be there', async () => {
  record('20260101-120000-aaaaaa', now)
  record('20260102-120000-bbbbbb', others)
  expect(stateOf(read(await coverage('--json', '--runs', 'latest')), proven)).toBe('unit-tested only')
  expect(read(await coverage('--json', '--runs', '20260101', '20260102', '20260101')).runs).toMatchObject({ found: 2, counted: 1 })
  await expect(coverage('--runs', '2025')).rejects.toThrow('no run 2025')
})

test('a mistake in exempt.yml is told with its line, and nothing is judged', async () => {
  cpSync('alerts', join(root, 'alerts'), { recursive: true })
  writeFileSync(join(root, 'alerts/exempt.yml'), `exempt:\n  - { alert: ${proven}x, reason: nothing ever dies here, until: 2026-12-31 }\n`)
  writeFileSync(join(root, 'overlay.yaml'), `x-harness: { rules: ${join(root, 'alerts')} }\n`)
  const said = await coverage('-f', 'compose/compose.yaml', '-f', join(root, 'overlay.yaml'))
  expect([said.exit, said.printed]).toEqual([2, []])
  expect(said.told[0]).toContain(`exempt.yml:2: no rule raises ${proven}x. Fix: did you mean ${proven}?`)
})
