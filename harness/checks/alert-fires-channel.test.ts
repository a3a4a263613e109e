// An expected alert by the channel that is asked for, and in words without a gap.
import { expect, test } from 'vitest'
import { alertFires } from './alert-fires.ts'
import type { Expected } from './alert-sight.ts'
import { alerts, clock, delivery, rules, snapshot, spell } from './testing/evidence.ts'
import { aRecord } from './testing/records.ts'
import type { Told } from './testing/records.ts'

const expected: Expected = { kind: 'alert-fires', alert: 'SlowResponseTime', labels: { service: 'sample' }, receiver: 'backend' }
const told = [delivery(83, 'firing'), delivery(131, 'resolved')]
const chain = alerts(spell('pending', [70, 79]), spell('firing', [80, 125]))
const known: readonly Told[] = [clock(), snapshot()]
const judge = (evidence: readonly Told[], criterion: Partial<Expected> = {}) => alertFires.judge({ ...expected, ...criterion }, aRecord({ evidence }))

const slack = (seconds: number, status: 'firing' | 'resolved', text = '[FIRING:1] SlowResponseTime') => delivery(seconds, status, { channel: 'slack', text })
const bySlack = { channel: 'slack' } as const

test('a channel that was used, to the end', () => {
  const both = [...known, rules(), chain, ...told, slack(84, 'firing'), slack(132, 'resolved')]
  expect(judge(both, bySlack)).toMatchObject({ verdict: 'pass', because: expect.stringContaining('delivered 24.0 s') })
})

test('a channel that was not used', () => {
  const because = 'fired, but was not delivered to backend by slack: backend by webhook got it instead'
  expect(judge([...known, rules(), chain, ...told], bySlack)).toMatchObject({ verdict: 'fail', because })
})

test('two channels, one of which was not told of the end', () => {
  const half = [...known, rules(), chain, slack(84, 'firing'), ...told]
  expect(judge(half)).toMatchObject({ verdict: 'fail', because: 'resolved, but backend was not told so' })
  expect(judge(half, bySlack)).toMatchObject({ verdict: 'fail', because: 'resolved, but backend by slack was not told so' })
})

test('words with a gap', () => {
  const gap = [...known, rules(), chain, slack(84, 'firing', '[FIRING:1] Slow\nSummary: <no value>'), slack(132, 'resolved')]
  expect(judge(gap)).toMatchObject({ verdict: 'fail', because: 'backend was told by slack with <no value>' })
  const dumb = [...known, rules(), chain, delivery(84, 'firing', { channel: 'webhook', text: 'late', annotations: {} }), ...told.slice(1)]
  expect(judge(dumb, { resolves: false }).because).toBe('backend was told by webhook with no summary')
})
