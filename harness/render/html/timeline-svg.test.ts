// The picture of a drill, and the same in words: both hold what happened, when it happened, and nothing else.
import { expect, test } from 'vitest'
import { alerts, clock, delivery, load, signal, spell, value } from '../../checks/testing/evidence.ts'
import { aFaultRecord, aRecord, at } from '../../checks/testing/records.ts'
import { happeningsOf, signalsInWords, usersInWords } from './happenings.ts'
import { textOf } from './markup.ts'
import { xOf } from './plot.ts'
import { elementsOf, named, readPage, textIn } from './testing/read-page.ts'
import type { Element } from './testing/read-page.ts'
import { axisOf, heldOf, timelineSvg } from './timeline-svg.ts'

const bad = (second: number) => (second >= 62 && second < 122 ? { good: 5, bad: 15 } : {})
const values = Array.from({ length: 60 }, (_, second) => (second > 8 ? 1.5 : 0.2))
const criteria = [{ kind: 'alert-fires', alert: 'SlowResponseTime', labels: { service: 'sample', severity: 'page' } }] as const
const told = aRecord({
  criteria,
  evidence: [clock(1_000), load(bad), alerts(spell('pending', [71, 80]), spell('firing', [81, 126])), delivery(83, 'firing', { channel: 'slack' }), delivery(131, 'resolved'), signal(values)],
})
const axis = axisOf(told)
if (axis === undefined) throw new Error('no axis')

function pictureOf(record: typeof told): Element {
  return readPage(textOf(timelineSvg(record, 'words')))
}

function looks(page: Element, look: string): readonly Element[] {
  return elementsOf(page).filter(({ attributes }) => attributes.class === look)
}

test('every lane is there, in the order of cause and effect', () => {
  const labels = looks(pictureOf(told), 'label').map(textIn)
  expect(labels).toEqual(['phase', 'latency on sample->postgres', 'SlowResponseTime · sample', 'told backend (slack)', 'told backend', 'users: errors', 'users: p95', 'value of SlowResponseTime'])
})

test('an alert stands where it was by our clock, not by that of Prometheus', () => {
  const [firing] = looks(pictureOf(told), 'firing').filter(({ name }) => name === 'rect')
  expect(Number(firing?.attributes.x)).toBe(xOf(axis, at(80)))
  expect(firing && textIn(firing)).toBe('firing, +20.0 s to +1 min 5 s')
})

test('a heartbeat that fires is no alarm', () => {
  const beating = aRecord({ criteria: [{ kind: 'heartbeat-arrives', alert: 'Watchdog', receiver: 'x' }], evidence: [clock(), alerts(spell('firing', [0, 180], { alert: 'Watchdog', labels: {} }))] })
  const page = pictureOf(beating)
  expect([looks(page, 'steady').map(textIn), looks(page, 'firing')]).toEqual([['firing, −1 min to +2 min'], []])
})

test('what fires and what is over are marks of their own shape', () => {
  const page = pictureOf(told)
  expect(looks(page, 'told firing')[0]?.attributes.d).not.toBe(looks(page, 'told resolved')[0]?.attributes.d)
  expect(looks(page, 'told firing').map(textIn)).toEqual(['SlowResponseTime firing, +23.0 s'])
})

test('the value is drawn against its threshold', () => {
  const page = pictureOf(told)
  expect(looks(page, 'value threshold').map(textIn)).toEqual(['fires above 0.5'])
  expect(looks(page, 'line signal')).toHaveLength(1)
  const bare = pictureOf(aRecord({ criteria, evidence: [clock(), signal(values, { comparator: '', threshold: 0 })] }))
  expect(looks(bare, 'value threshold')).toEqual([])
})

test('a value stands against its bounds, in the phase it is bound in', () => {
  const bound = [{ kind: 'value-holds', query: 'up', atLeast: 1, atMost: 3 }] as const
  const page = pictureOf(aRecord({ criteria: bound, evidence: [clock(), value([1, 2, 7]), value([99], { phase: 'baseline' })] }))
  expect(looks(page, 'value threshold').map(textIn)).toEqual(['at least 1', 'at most 3'])
  expect(looks(page, 'value').map(textIn)).toEqual(['highest 7'])
  expect(looks(pictureOf(aRecord({ criteria: bound })), 'value threshold')).toEqual([])
})

test('users: the highest share of errors and the slowest second are named', () => {
  expect(looks(pictureOf(told), 'value').map(textIn)).toEqual(expect.arrayContaining(['highest 75 %', 'highest 50 ms']))
  expect(looks(pictureOf(aRecord()), 'value')).toEqual([])
})

test('faults that overlap are one shade, others are their own', () => {
  const one = aFaultRecord({ appliedAt: at(60), revertedAt: at(80) })
  const faults = [one, aFaultRecord({ appliedAt: at(70), revertedAt: at(90) }), aFaultRecord({ appliedAt: at(100), revertedAt: at(110) })]
  expect(heldOf({ faults, phases: {} }, axis).map(({ from, to }) => [from, to])).toEqual([[at(60), at(90)], [at(100), at(110)]])
  expect(named(pictureOf(aRecord({ faults: [aFaultRecord({ revertedAt: undefined })] })), 'rect').map(textIn)).toContain('never reverted, +0 ms to +2 min')
})

test('a drill that never reached its baseline says so', () => {
  expect(textIn(pictureOf(aRecord({ phases: {} })))).toBe('No picture: the drill never reached its baseline.')
})

test('the words say the same', () => {
  expect(happeningsOf(told, axis).map(({ at: t, what }) => `${(t - at(60)) / 1_000} ${what}`)).toEqual([
    '-60 baseline phase begins, 1 min long',
    '0 fault phase begins, 1 min long',
    '0 latency on sample->postgres applied; proved: asked for its greeting, 3 ms before, 1504 ms then',
    '10 SlowResponseTime{service=sample} is pending for 9.0 s',
    '20 SlowResponseTime{service=sample} is firing for 45.0 s',
    '23 backend (slack) is told: SlowResponseTime firing',
    '60 recovery phase begins, 1 min long',
    '60 latency on sample->postgres reverted; seen to be gone: 3 ms',
    '71 backend is told: SlowResponseTime resolved',
  ])
  expect(usersInWords(told)[1]).toBe('fault: 72.5 % errors, p95 50 ms')
  expect(signalsInWords(told, axis)).toEqual(['SlowResponseTime: `service:latency:p95` was between 0.2 and 1.5; it fires above 0.5'])
})
