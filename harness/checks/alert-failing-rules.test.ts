// Where a rule could not be evaluated: an expected alert is judged only if the drill itself has changed that rule.
import { expect, test } from 'vitest'
import { alertFires } from './alert-fires.ts'
import { alerts, clock, delivery, rules, snapshot, spell } from './testing/evidence.ts'
import { aDrill, aDrillThatChanges, aRecord } from './testing/records.ts'

const expected = { kind: 'alert-fires', alert: 'SlowResponseTime', labels: { service: 'sample' }, receiver: 'backend' } as const
const chain = alerts(spell('pending', [70, 79]), spell('firing', [80, 125]))

/** The whole chain of the alert, whose group is latency, and a group of which some rule failed. */
function judge(failing: string, drill = aDrill()) {
  const whole = chain.value.groups.filter(({ group }) => group !== failing)
  const groups = [...whole, { group: failing, intervalMs: 1_000, evaluations: 180, longestGapMs: 1_010, failed: true as const }]
  const evidence = [clock(), snapshot(), rules(), { ...chain, value: { ...chain.value, groups } }, delivery(83, 'firing'), delivery(131, 'resolved')]
  return alertFires.judge(expected, aRecord({ evidence, drill }))
}

test.each(['latency', 'other'])('a rule of group %s failed, and nobody meant it to', (group) => {
  expect(judge(group)).toMatchObject({ verdict: 'inconclusive', because: `Prometheus failed to evaluate a rule of group ${group}` })
  expect(judge(group, aDrillThatChanges('another'))).toMatchObject({ verdict: 'inconclusive' })
})

test('a rule failed because the drill changes it: that is no reason to doubt other groups', () => {
  expect(judge('other', aDrillThatChanges('other'))).toMatchObject({ verdict: 'pass' })
})

test('but its own group is to be doubted', () => {
  expect(judge('latency', aDrillThatChanges('latency'))).toMatchObject({ verdict: 'inconclusive' })
})
