// What people open the page for: each of these is answered by it alone, where it says so, without journal, log or source.
import { expect, test } from 'vitest'
import { compareRuns } from '../../checks/compare-runs.ts'
import { historyOf } from '../../checks/run-history.ts'
import { judgePast } from '../../commands/write-reports.ts'
import { renderHtml } from './page.ts'
import { gateOver, SAMPLE } from './testing/night.ts'
import { named, readPage, textIn } from './testing/read-page.ts'

const { record, judgement, gates } = await gateOver(await judgePast(SAMPLE))
const now = historyOf(record, judgement, gates)
const lastNight = { ...now, run: 'last-night', gates: now.gates?.map((gate) => ({ ...gate, claims: gate.claims?.map((claim) => (claim.id === 'grafana-runs' ? { ...claim, verdict: 'pass' as const } : claim)) })) }
const page = readPage(renderHtml(record, judgement, { gates, changes: compareRuns(lastNight, now) }))
const part = (id: string) => textIn(named(page, 'section').find(({ attributes }) => attributes.id === id) ?? '')

test('is the phase ready, and why not', () => {
  expect(part('verdict')).toMatch(/^✕ Not ready : phase-6: \d+ of \d+ blocking criteria failed, .* Why ✕ fail \S+: .* ✕ fail .* ✕ fail /)
})

test('which alert was slowest to page, and in which stage the time went', () => {
  expect(part('verdict')).toMatch(/Slowest to page: SlowResponseTime\{service=sample\} in sample-database-slow, 12 min 27 s after the fault; most of it, 10 min, from pending to firing/)
})

test('which edges nobody would notice failing', () => {
  expect(part('blind')).toMatch(/^Blind spots No blind spot: some alert fired under each of 4 faults/)
  expect(part('edges')).toMatch(/sample -> postgres .* ▲ .*SlowResponseTime/)
})

test('what changed since last night', () => {
  expect(part('verdict')).toMatch(/Since run last-night : Worse: 1 of it/)
  expect(part('changes')).toMatch(/phase-6 \(nightly\): grafana-runs: fail, before pass ▼ worse grafana is not part of the stack/)
})

test('how one failing criterion is run again', () => {
  expect(part('verdict')).toMatch(/Again: npx harness gate phase-6 --profile nightly --only \S+ --accelerate 40/)
  expect(part('claims')).toContain('npx harness gate phase-6 --profile nightly --only grafana-runs --accelerate 40')
})
