// Why an expected alert did not fire: the first broken link of the chain, named.
import { expect, test } from 'vitest'
import type { Evidence } from '../model/evidence.ts'
import { alertFires } from './alert-fires.ts'
import type { Expected } from './alert-sight.ts'
import { alerts, clock, rules, signal, snapshot, spell } from './testing/evidence.ts'
import { aRecord } from './testing/records.ts'

const expected: Expected = {
  kind: 'alert-fires',
  alert: 'SlowResponseTime',
  labels: { service: 'sample' },
  receiver: 'backend',
}
const silent = [rules(), alerts()]
const miss = (evidence: readonly Evidence[], criterion: Partial<Expected> = {}) =>
  alertFires.judge({ ...expected, ...criterion }, aRecord({ evidence: [clock(), snapshot(), ...evidence] }))

test.each<[string, ReturnType<typeof miss>, string]>([
  [
    'rule not loaded',
    miss([rules({ alert: 'SlowResponseTimes' }), alerts()]),
    'the rule SlowResponseTime is not loaded; Prometheus holds 1 alerting rule, the nearest name is SlowResponseTimes',
  ],
  [
    'rule of other labels',
    miss(silent, { labels: { severity: 'info' } }),
    'the rule SlowResponseTime sets {severity=page}, so it can never carry {severity=info}',
  ],
  [
    'broken rule',
    miss([rules({ health: 'err', lastError: 'many-to-many matching' }), alerts()]),
    'did not fire: its rule cannot be evaluated: many-to-many matching',
  ],
  ['no series', miss([...silent, signal([], { series: [] })]), 'did not fire: service:latency:p95 matches nothing'],
  [
    'other series',
    miss([...silent, signal([9], { series: [{ labels: { service: 'auth' }, points: [] }] })]),
    'did not fire: no series of service:latency:p95 can carry {service=sample}, the nearest is {service=auth}',
  ],
  [
    'below the threshold',
    miss([...silent, signal([0.1, 0.41, 0.3])]),
    'did not fire: highest value of service:latency:p95 seen 0.41, needs > 0.5',
  ],
  [
    'not long enough',
    miss([...silent, signal([0.1, 0.7, 0.8, 0.7, 0.2, 0.9])]),
    'did not fire: service:latency:p95 was > 0.5 for 2.0 s at most, `for` needs 10.0 s',
  ],
  [
    'pending only',
    miss([rules(), alerts(spell('pending', [70, 74]), spell('pending', [90, 97]))]),
    'did not fire: it was pending for 7.0 s at most, 2 times, `for` needs 10.0 s',
  ],
  [
    'other labels',
    miss([rules(), alerts(spell('firing', [80, 125], { labels: { service: 'auth' } }))]),
    'did not fire: it fired with {service=auth}, wanted {service=sample}',
  ],
  [
    'no comparison',
    miss([...silent, signal([1], { left: 'absent(up)', comparator: '', threshold: 0 })]),
    'did not fire: absent(up) returned 1 series, yet it never became pending',
  ],
  [
    'more than one condition',
    miss([...silent, signal([0.9], { partial: true })]),
    'did not fire: service:latency:p95 reached 0.9, but the rule asks for more than `> 0.5`: service:latency:p95 > 0.5',
  ],
  [
    'falling values',
    miss([...silent, signal([0.9, 0.6], { comparator: '<' })]),
    'did not fire: lowest value of service:latency:p95 seen 0.6, needs < 0.5',
  ],
  ['no value', miss([...silent, signal([Number.NaN])]), 'did not fire: service:latency:p95 never had a value'],
  [
    'signal not recorded',
    miss(silent),
    'did not fire: it never became pending, and what its rule saw was not recorded',
  ],
])('%s', (_, outcome, because) => {
  expect(outcome).toMatchObject({ verdict: 'fail', because })
})
