// An alert that is held back: told from one that is missing, silenced, held back by another, or told all the same.
import { expect, test } from 'vitest'
import type { EvidenceOf } from '../model/evidence.ts'
import { alertInhibited } from './alert-inhibited.ts'
import { alerts, blind, clock, delivery, rules, signal, snapshot, spell } from './testing/evidence.ts'
import { aFaultRecord, aRecord, at } from './testing/records.ts'
import type { RecordChanges, Told } from './testing/records.ts'

const criterion = { kind: 'alert-inhibited', alert: 'SlowResponseTime', labels: { service: 'sample' }, by: 'ServiceDown' } as const
const chain = alerts(spell('pending', [70, 79]), spell('firing', [80, 125]))
const known: readonly Told[] = [clock(), snapshot(), rules(), chain]
const cause = { alert: 'ServiceDown', labels: { service: 'sample' }, receivers: ['platform'], silencedBy: [], inhibitedBy: [], fingerprint: 'f1' }
const held = { alert: 'SlowResponseTime', labels: { service: 'sample' }, receivers: ['backend'], silencedBy: [], inhibitedBy: ['f1'], fingerprint: 'f2' }

type Route = EvidenceOf<'routing'>['value'][number]
const look = (seconds: number, ...routes: readonly Route[]): Told => [seconds, { probe: 'routing', covered: true, value: routes }]
const looks = [look(75), look(81, cause, held), look(90, cause, held), look(110, cause, held), look(130)]

const judge = (evidence: readonly Told[], changes: RecordChanges = {}, by: string | undefined = criterion.by) => alertInhibited.judge({ ...criterion, by }, aRecord({ evidence, ...changes }))

test('passes when it fires, is held back by what was named, and nobody is told meanwhile', () => {
  const { verdict, because, lines } = judge([...known, ...looks])
  expect([verdict, because]).toEqual(['pass', 'firing 20.0 s after the fault, held back by ServiceDown for 29.0 s; nobody was told of it meanwhile'])
  expect(lines).toContain(106)
  expect(judge([...known, ...looks], {}, undefined).verdict).toBe('pass')
})

test('what was told before it was held back, on its way then, after it was let go, or of another service does not count', () => {
  const others = [delivery(80.5, 'firing'), delivery(82.5, 'firing'), delivery(112, 'firing'), delivery(95, 'resolved'), delivery(95, 'firing', { labels: { service: 'auth' } })]
  expect(judge([...known, ...looks, ...others]).verdict).toBe('pass')
})

const never: Route = { ...held, inhibitedBy: [] }
test.each<[string, readonly Told[], string]>([
  ['somebody was told', [...known, ...looks, delivery(95, 'firing')], 'it was held back by ServiceDown, yet backend was told of it meanwhile'],
  ['another alert held it back', [...known, look(81, { ...cause, alert: 'Other' }, held), look(90, { ...cause, alert: 'Other' }, held)], 'it was held back by Other, not by ServiceDown'],
  ['nothing held it back', [...known, look(81, never), look(90, never)], 'it fired, but Alertmanager was never seen to hold it back'],
  ['a silence did', [...known, look(81, { ...never, silencedBy: ['s1'] })], 'it fired, but a silence muted it (s1), no other alert'],
  ['it never came to Alertmanager', [...known, look(81, cause)], 'it fired, but Alertmanager was never seen to hold it'],
  ['it did not fire', [clock(), snapshot(), rules(), alerts(), signal([0.1]), ...looks], 'did not fire: highest value of service:latency:p95 seen 0.1, needs > 0.5'],
])('fails when %s', (_, evidence, because) => {
  expect(judge(evidence)).toMatchObject({ verdict: 'fail', because })
})

test.each<[string, readonly Told[], RecordChanges, string]>([
  ['Alertmanager was not asked', known, {}, 'it fired, and what Alertmanager did with it was not recorded'],
  ['Alertmanager did not answer', [...known, blind({ probe: 'routing', covered: true, value: [held] } as EvidenceOf<'routing'>)], {}, 'was not recorded'],
  ['it was looked at once', [...known, look(81, cause, held)], {}, 'once only'],
  ['nobody looked before', [clock(), rules(), chain, ...looks], {}, 'nobody looked'],
  ['the fault was too short', [clock(), snapshot(), rules(), alerts(), signal([0.1])], { faults: [aFaultRecord({ revertedAt: at(75) })] }, 'hold it longer'],
])('is inconclusive when %s', (_, evidence, changes, because) => {
  expect(judge(evidence, changes)).toMatchObject({ verdict: 'inconclusive', because: expect.stringContaining(because) })
})

test('says what it asks', () => {
  expect(alertInhibited.describe(criterion)).toBe('SlowResponseTime{service=sample} fires, and is held back by ServiceDown: nobody is told of it meanwhile')
})
