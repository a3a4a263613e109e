// The parts of the page that look at a whole run: how fast alerts came, the two maps, blind spots, findings, environment.
import { expect, test } from 'vitest'
import { judgeRun } from '../../checks/judge.ts'
import { alerts, blind, clock, delivery, rules, snapshot, spell } from '../../checks/testing/evidence.ts'
import { aDrill, aRecord, aRun, at } from '../../checks/testing/records.ts'
import type { RecordChanges, Told } from '../../checks/testing/records.ts'
import type { Finding, Judgement } from '../../model/finding.ts'
import type { DrillRecord } from '../../model/record.ts'
import { blindSpotsOf, blindSpotsSection, sayBlind } from './blind-spots.ts'
import { chainsOf, chainSection, partsOf, slowestToPage } from './chain.ts'
import { environmentSection } from './environment.ts'
import { findingsTable, timesTable } from './findings.ts'
import { textOf } from './markup.ts'
import type { Markup } from './markup.ts'
import { matrixSection, ruleMapSection } from './matrices.ts'
import { overviewSection } from './overview.ts'
import { shownOf } from './shown.ts'
import { named, readPage, textIn } from './testing/read-page.ts'

const known: readonly Told[] = [clock(), snapshot(), rules()]
const expected = { kind: 'alert-fires', alert: 'SlowResponseTime', receiver: 'backend', resolves: false } as const
const slow = alerts(spell('pending', [71, 79]), spell('firing', [80, 125]))

function drillOf(id: string, evidence: readonly Told[], changes: RecordChanges = {}): DrillRecord {
  return aRecord({ id, drill: aDrill({ name: id }), evidence: [...known, ...evidence], criteria: [expected, { kind: 'others-silent', allow: [{ alert: 'SlowResponseTime' }] }], ...changes })
}

function shownWith(drills: readonly DrillRecord[], acceleration = 1) {
  const run = aRun({ drills })
  return shownOf({ ...run, opened: { ...run.opened, acceleration } }, judgeRun(run))
}

function rowsOf(part: Markup): readonly string[] {
  return named(readPage(textOf(part)), 'tr').map(textIn)
}

test('the alert that was slowest to page is named, with the stage in which the time went', () => {
  const shown = shownWith([drillOf('quick', [slow, delivery(82, 'firing')]), drillOf('slow', [slow, delivery(119, 'firing')]), drillOf('never', [alerts()])], 10)
  const chains = chainsOf(shown)
  expect(chains.map(({ drill }) => drill)).toEqual(['slow', 'quick', 'never'])
  expect(slowestToPage(chains)).toBe('Slowest to page: SlowResponseTime in slow, 9 min 50 s after the fault; most of it, 6 min 30 s, from firing to the receiver')
  expect(chains.map((chain) => partsOf(chain).map(({ ms }) => ms / 10_000))).toEqual([[11, 9, 39], [11, 9, 2], []])
  expect(rowsOf(chainSection(shown))[3]).toBe('SlowResponseTime never ✕ fail – – – never seen –')
})

test('nothing is said of alerts where none was asked for', () => {
  const shown = shownWith([drillOf('quiet', [alerts()], { criteria: [] })])
  expect([textOf(chainSection(shown)), slowestToPage(chainsOf(shown))]).toEqual(['', undefined])
})

test('blind spots: faults without an alert, faults nobody watched, rules nobody asked for', () => {
  const heartbeat = { kind: 'heartbeat-arrives', alert: 'Watchdog', receiver: 'x' } as const
  const beating = alerts(spell('firing', [0, 180], { alert: 'Watchdog' }))
  const shown = shownWith([
    drillOf('seen', [slow, rules({ alert: 'Unheard' })]),
    drillOf('silent', [beating, alerts(spell('firing', [0, 180], { alert: 'NodeBusy' }))], { criteria: [heartbeat] }),
    drillOf('unwatched', [blind(slow)], { criteria: [] }),
    drillOf('harmless', [alerts()], { criteria: [], faults: [] }),
  ])
  expect(blindSpotsOf(shown)).toMatchObject({ faults: [{ drill: 'silent' }], held: 2, unseen: [{ drill: 'unwatched' }], rules: ['Unheard'], loaded: 2 })
  expect(sayBlind(blindSpotsOf(shown))).toBe('Blind spots: 1 of 2 faults under which no alert fired; 1 of 2 rules were neither asked for nor seen firing')
  const list = named(readPage(textOf(blindSpotsSection(shown))), 'li').map(textIn)
  expect(list).toEqual(['latency on sample->postgres in silent', 'latency on sample->postgres in unwatched'])
})

test('without a fault under watch blind spots are not known, which is not the same as none', () => {
  expect(sayBlind(blindSpotsOf(shownWith([drillOf('a', [blind(slow)])])))).toMatch(/^Blind spots are not known/)
  expect(sayBlind(blindSpotsOf(shownWith([drillOf('a', [slow])])))).toMatch(/^No blind spot: some alert fired under the one fault;/)
})

test('edges and faults: who was told, nobody, or nobody knows', () => {
  const two = aRecord().drill.faults
  expect(rowsOf(matrixSection(shownWith([drillOf('a', [slow])])))).toEqual(['edge latency', expect.stringMatching(/^sample -> postgres [✓✕?] \w+ a users not seen ▲ SlowResponseTime$/)])
  expect(rowsOf(matrixSection(shownWith([drillOf('a', [alerts()])])))[1]).toMatch(/◌ no alert$/)
  expect(rowsOf(matrixSection(shownWith([drillOf('a', [blind(alerts())])])))[1]).toMatch(/– alerts not watched$/)
  expect(textOf(matrixSection(shownWith([drillOf('a', [slow], { drill: aDrill({ faults: [...two, ...two] }) })])))).toBe('')
})

test('of one fault on one edge in several drills the worst comes first, and many are counted', () => {
  const all = ['b', 'c', 'd'].map((id) => drillOf(id, [slow]))
  const [, row = ''] = rowsOf(matrixSection(shownWith([...all, drillOf('z', [alerts()])])))
  expect(row).toMatch(/^sample -> postgres ✕ fail z users not seen ◌ no alert .* and 1 more$/)
})

test('edges that nothing hurt are named, for nobody knows of them', () => {
  const traced = { probe: 'traced-edges', covered: true, value: { window: { from: at(0), to: at(180) }, expected: ['sample->postgres', 'a->b'], seen: [], strangers: [], silent: [] } } as const
  expect(blindSpotsOf(shownWith([drillOf('a', [slow, traced])])).unhurt).toEqual(['a->b'])
})

test('alerts and drills: each cell is a word', () => {
  const shown = shownWith([drillOf('a', [slow]), drillOf('b', [alerts()]), drillOf('c', [slow], { criteria: [{ kind: 'others-silent', allow: [] }] })])
  expect(rowsOf(ruleMapSection(shown))).toEqual(['alert a b c', 'SlowResponseTime ● fired ✕ missing ! unasked'])
  expect(textOf(ruleMapSection(shownWith([drillOf('a', [slow])])))).toBe('')
})

const times = [{ name: 'fault to firing', ms: 2_000, limitMs: 3_000 }]
const finding = (verdict: Finding['verdict'], changes: Partial<Finding> = {}): Finding => ({ criterion: expected, sentence: `it is ${verdict}`, verdict, because: 'so', times: [], lines: [], ...changes })

test('findings: what does not hold comes first, each with the lines that show it', () => {
  const shown = shownWith([drillOf('a', [slow])])
  const lines = shown.record.drills[0]?.entries.map(({ seq }) => seq) ?? []
  const rows = rowsOf(findingsTable('a', [finding('pass', { lines }), finding('inconclusive'), finding('fail', { lines: [4_711] })], shown))
  expect(rows.slice(1).map((row) => row.slice(0, 24))).toEqual(['it is fail ✕ fail so jou', 'it is inconclusive ? inc', 'it is pass ✓ pass so jou'])
  expect(rows[2]).toMatch(/none of its own$/)
  expect(rows[3]).toMatch(/journal\.jsonl:101-104 .* 103 12:03:01\.000 1 alerting rule and 1 receiver as they were loaded/)
})

test('times are those of production where a run was accelerated', () => {
  const own = [finding('pass', { times, criterion: { ...expected, labels: { service: 'sample' } } })]
  expect(rowsOf(timesTable('a', own, shownWith([], 40)))).toEqual(['of time measured allowed measured, production (×40) allowed, production', 'SlowResponseTime{service=sample} fault to firing 2.0 s 3.0 s 1 min 20 s 2 min'])
  expect(rowsOf(timesTable('a', own, shownWith([])))[1]).toBe('SlowResponseTime{service=sample} fault to firing 2.0 s 3.0 s')
})

test('the overview shows the slowest time of each drill, and a search from six drills on', () => {
  const drills = Array.from({ length: 6 }, (_, index) => drillOf(`d${index}`, [slow]))
  const judged: Judgement = { run: 'r', verdict: 'pass', because: '', drills: drills.map(({ id }) => ({ id, name: id, title: 'Why?', verdict: 'pass', because: 'all hold', findings: [finding('pass', { times }), finding('pass')] })) }
  const run = aRun({ drills })
  const page = readPage(textOf(overviewSection(shownOf(run, judged))))
  expect(named(page, 'tr').map(textIn)[1]).toBe('d0 Why? ✓ pass all hold 2.0 s – –')
  expect(named(page, 'form')[0]?.attributes).toMatchObject({ hidden: 'hidden', 'data-for': 'drills-table' })
  expect(named(readPage(textOf(overviewSection(shownOf(run, { ...judged, drills: judged.drills.slice(1) })))), 'form')).toEqual([])
})

test('fidelity: what was divided, and where it could not be', () => {
  const shown = shownWith([], 40)
  const floors = [{ what: 'evaluation interval', wanted: '375ms', used: '500ms' }]
  const bound = { ...shown, record: { ...shown.record, opened: { ...shown.record.opened, floors } } }
  expect(textIn(readPage(textOf(environmentSection(bound))))).toMatch(/accelerated 40x\. Every duration .* what wanted used evaluation interval 375ms 500ms/)
  expect(textIn(readPage(textOf(environmentSection(shownWith([])))))).toMatch(/Fidelity: rules as shipped/)
})
