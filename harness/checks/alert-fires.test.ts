// The whole chain of an expected alert: in time, late, missing with its reason, and not to be judged.
import { describe, expect, test } from 'vitest'
import { deadlines } from '../model/deadline.ts'
import { humanDuration } from '../model/duration.ts'
import { alertFires } from './alert-fires.ts'
import type { Expected } from './alert-sight.ts'
import { alerts, blind, clock, delivery, rules, signal, snapshot, spell } from './testing/evidence.ts'
import { aRule, backend, SCRAPE_MS } from './testing/evidence.ts'
import { aFaultRecord, aRecord, at } from './testing/records.ts'
import type { RecordChanges, Told } from './testing/records.ts'

const expected: Expected = {
  kind: 'alert-fires',
  alert: 'SlowResponseTime',
  labels: { service: 'sample' },
  receiver: 'backend',
}
const limits = deadlines(aRule, backend, SCRAPE_MS)
const allowed = {
  pending: humanDuration(limits.pendingMs),
  firing: humanDuration(limits.firingMs),
  resolved: humanDuration(limits.resolvedMs),
}
const told = [delivery(83, 'firing'), delivery(131, 'resolved')]
const chain = alerts(spell('pending', [70, 79]), spell('firing', [80, 125]))
const known: readonly Told[] = [clock(), snapshot()]
const silent = [rules(), alerts()]

function judge(evidence: readonly Told[], criterion: Partial<Expected> = {}, changes: RecordChanges = {}) {
  return alertFires.judge({ ...expected, ...criterion }, aRecord({ evidence, ...changes }))
}

describe('passes', () => {
  test('when every stage is reached in time', () => {
    const { verdict, because, times, lines } = judge([...known, rules(), chain, ...told])
    expect(verdict).toBe('pass')
    expect(because).toBe(
      'pending 10.0 s, firing 20.0 s, delivered 23.0 s after the fault; resolved 6.0 s, resolved delivered 11.0 s after its end',
    )
    expect(times).toEqual([
      { name: 'fault to pending', ms: 10_000, limitMs: limits.pendingMs },
      { name: 'fault to firing', ms: 20_000, limitMs: limits.firingMs },
      { name: 'fault to delivered', ms: 23_000, limitMs: limits.deliveredMs },
      { name: 'end of fault to resolved', ms: 6_000, limitMs: limits.resolvedMs },
      { name: 'end of fault to resolved delivered', ms: 11_000, limitMs: limits.resolvedDeliveredMs },
    ])
    expect(lines).toContain(105)
  })

  test('by the clock of Prometheus put right', () => {
    const ahead = alerts(spell('pending', [73, 82]), spell('firing', [83, 128]))
    const shifted = { ...ahead, value: { ...ahead.value, window: { from: at(3), to: at(183) } } }
    expect(judge([clock(3_000), snapshot(), rules(), shifted, ...told]).times[0]).toMatchObject({ ms: 10_000 })
  })

  test('without resolution or receiver when none is asked for', () => {
    const forever = alerts(spell('pending', [70, 79]), spell('firing', [80, 180]))
    expect(judge([...known, rules(), forever], { receiver: undefined, resolves: false }).verdict).toBe('pass')
  })
})

describe('fails', () => {
  test.each<[string, ReturnType<typeof judge>, string]>([
    [
      'late',
      judge([...known, rules(), alerts(spell('pending', [85, 94]), spell('firing', [95, 125])), ...told]),
      `pending only 25.0 s after the fault, allowed ${allowed.pending}; firing only 35.0 s after the fault, allowed ${allowed.firing}`,
    ],
    [
      'later than the author allows',
      judge([...known, rules(), chain, ...told], { within: { firing: '15s' } }),
      'firing only 20.0 s after the fault, allowed 15.0 s',
    ],
    [
      'delivered elsewhere',
      judge([...known, rules(), chain, delivery(83, 'firing', { receiver: 'default' })]),
      'fired, but was not delivered to backend: default got it instead',
    ],
    [
      'resolved untold',
      judge([...known, rules(), chain, delivery(83, 'firing')]),
      'resolved, but backend was not told so',
    ],
    [
      'never resolved',
      judge([
        ...known,
        rules(),
        alerts(spell('pending', [70, 79]), spell('firing', [80, 180])),
        delivery(83, 'firing'),
      ]),
      `still firing 1 min after the fault ended, allowed ${allowed.resolved}`,
    ],
  ])('%s', (_, outcome, because) => {
    expect(outcome).toMatchObject({ verdict: 'fail', because })
  })
})

test('an alert resolves in time when its cause was seen to be gone late, which is for `recovers` to judge', () => {
  const late = [...known, rules(), alerts(spell('pending', [70, 79]), spell('firing', [80, 160])), delivery(83, 'firing'), delivery(163, 'resolved')]
  const ended = (goneAt?: number) => judge(late, {}, { faults: [aFaultRecord({ ...(goneAt !== undefined && { goneAt }) })] })
  expect(ended()).toMatchObject({ verdict: 'fail', because: expect.stringMatching(/^resolved only/) })
  expect(ended(at(150))).toMatchObject({ verdict: 'pass' })
})

describe('is inconclusive', () => {
  const short = { faults: [aFaultRecord({ revertedAt: at(75) })] }
  const all = [...known, rules(), chain, ...told]
  test.each<[string, ReturnType<typeof judge>, RegExp]>([
    [
      'the fault was too short',
      judge([...known, ...silent, signal([0.1])], {}, short),
      /^did not fire, but the fault held 15.0 s, firing may take 27\.0 s: hold it longer; so far highest/,
    ],
    [
      'the alert was firing before',
      judge([clock(), snapshot({ alert: 'SlowResponseTime', labels: { service: 'sample' } }), rules(), chain]),
      /already firing before the fault/,
    ],
    [
      'the alert was pending before',
      judge([...known, rules(), alerts(spell('pending', [50, 79]), spell('firing', [80, 125]))]),
      /already pending before the fault/,
    ],
    ['nobody looked before', judge([clock(), rules(), chain, ...told]), /nobody looked/],
    ['no clock was compared', judge([snapshot(), rules(), chain, ...told]), /clock of Prometheus/],
    ['nothing was recorded', judge([]), /rules of Prometheus were not recorded/],
    [
      'the fault is not gone',
      judge(
        [...known, rules(), chain, delivery(83, 'firing')],
        {},
        { faults: [aFaultRecord({ goneProof: undefined })] },
      ),
      /never proved gone/,
    ],
    [
      'the watch ended early',
      judge(
        [...known, rules(), alerts(spell('pending', [70, 79]), spell('firing', [80, 180])), ...told],
        {},
        { faults: [aFaultRecord({ revertedAt: at(170) })] },
      ),
      /still firing 10.0 s.*before its time was up/,
    ],
    ['blind: rules', judge([...known, blind(rules()), chain, ...told]), /rules of Prometheus are not known/],
    [
      'blind: alerts',
      judge([...known, rules(), blind(chain), ...told]),
      /alerts were not fully seen: Prometheus did not answer/,
    ],
    [
      'blind: evaluation gap',
      judge([
        ...known,
        rules(),
        {
          ...chain,
          value: {
            ...chain.value,
            groups: [{ group: 'latency', intervalMs: 1_000, evaluations: 90, longestGapMs: 9_000 }],
          },
        },
      ]),
      /was not evaluated for 9.0 s/,
    ],
    [
      'blind: another group only',
      judge([...known, rules({ group: 'other' }), chain, ...told]),
      /not known when rule group other/,
    ],
  ])('%s', (_, outcome, because) => {
    expect(outcome.verdict).toBe('inconclusive')
    expect(outcome.because).toMatch(because)
  })

  test('an accelerated run says production time too, and gives the limit of an author some slack', () => {
    const outcome = judge(all, { within: { firing: '5m' } }, { acceleration: 30 })
    expect(outcome.because).toBe(
      'firing only 20.0 s (10 min in production) after the fault, allowed 12.0 s (6 min in production)',
    )
  })
})

test('where the fault cuts the way of the notification itself, delivery is counted from its end', () => {
  const late = [...known, rules(), alerts(spell('pending', [70, 79]), spell('firing', [80, 125])), delivery(122, 'firing'), delivery(131, 'resolved')]
  expect(judge(late, { within: { delivered: '30s' } })).toMatchObject({ verdict: 'fail', because: expect.stringMatching(/^delivered only 1 min 2 s after the fault/) })
  const { verdict, because, times } = judge(late, { messenger: true })
  expect([verdict, because]).toEqual(['pass', 'pending 10.0 s, firing 20.0 s after the fault; delivered 2.0 s, resolved 6.0 s, resolved delivered 11.0 s after its end'])
  expect(times).toContainEqual({ name: 'end of fault to delivered', ms: 2_000, limitMs: 120_000 + limits.deliveredMs - limits.firingMs })
  expect(judge([...known, rules(), alerts(spell('firing', [80, 125]))], { messenger: true })).toMatchObject({ verdict: expect.not.stringMatching('pass') })
})
