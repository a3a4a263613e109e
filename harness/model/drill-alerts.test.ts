// What an alert came to in one drill: each word for it, and whose firings do not count.
import { describe, expect, test } from 'vitest'
import { judgeDrill } from '../checks/judge.ts'
import { alerts, blind, clock, delivery, rules, snapshot, spell } from '../checks/testing/evidence.ts'
import { aRecord, at } from '../checks/testing/records.ts'
import type { RecordChanges, Told } from '../checks/testing/records.ts'
import type { AlertSpans } from './evidence.ts'
import type { AnyCriterion } from './criterion.ts'
import { alertsIn, isWatched } from './drill-alerts.ts'

const expected = { kind: 'alert-fires', alert: 'SlowResponseTime', labels: { service: 'sample' }, receiver: 'backend' } as const
const silent = (...allow: readonly string[]): AnyCriterion => ({ kind: 'others-silent', allow: [{ alert: 'SlowResponseTime', labels: { service: 'sample' } }, ...allow.map((alert) => ({ alert }))] })
const known: readonly Told[] = [clock(), snapshot(), rules()]
const chain = spell('firing', [80, 125])
const whole: readonly Told[] = [...known, alerts(spell('pending', [70, 79]), chain), delivery(83, 'firing'), delivery(131, 'resolved')]
const other = (from: number, to: number, changes: Partial<AlertSpans> = {}) => spell('firing', [from, to], { alert: 'Down', labels: { service: 'auth' }, ...changes })

function seen(evidence: readonly Told[], changes: RecordChanges = {}) {
  const record = aRecord({ evidence, criteria: [expected, silent()], ...changes })
  return alertsIn(record, judgeDrill(record))
}

const tallies = { unasked: 0, allowed: 0, early: 0, flapped: 0 }
const times = { detection: { ms: 20_000, limitMs: 27_000 }, delivery: { ms: 23_000, limitMs: 34_000 }, reset: { ms: 6_000, limitMs: 16_000 } }
const asked = { labels: { service: 'sample' }, verdict: 'pass', fired: true, ...times }

describe('an alert', () => {
  test('asked for and fired has its times, with their limits', () => {
    expect(seen(whole)).toEqual([{ alert: 'SlowResponseTime', asked: [asked], ...tallies }])
  })

  test('asked for and silent is there too, and did not fire', () => {
    expect(seen([...known, alerts()])).toEqual([{ alert: 'SlowResponseTime', asked: [{ labels: { service: 'sample' }, verdict: 'fail', fired: false }], ...tallies }])
  })

  test('asked for by two channels is asked for once, and delivered when the last was told', () => {
    const second = { ...expected, receiver: 'oncall' } as const
    const [one] = seen([...whole, delivery(90, 'firing', { receiver: 'oncall' }), delivery(131, 'resolved', { receiver: 'oncall' })], { criteria: [expected, second, silent()] })
    expect(one?.asked).toMatchObject([{ fired: true, detection: { ms: 20_000 }, delivery: { ms: 30_000 } }])
  })

  test('of which nothing can be said has no verdict and no times', () => {
    const [one] = seen([...known, blind(alerts(chain))])
    expect(one?.asked).toEqual([{ labels: { service: 'sample' }, verdict: 'inconclusive', fired: false }])
  })

  test('is unasked, or allowed, once for each label set', () => {
    const both = [other(70, 80), other(72, 80, { labels: { service: 'event' } })]
    expect(seen([...known, alerts(chain, ...both)])[0]).toEqual({ alert: 'Down', asked: [], ...tallies, unasked: 2 })
    expect(seen([...known, alerts(chain, ...both)], { criteria: [expected, silent('Down')] })[0]).toEqual({ alert: 'Down', asked: [], ...tallies, allowed: 2 })
  })

  test('with labels that nobody asked for is both', () => {
    const astray = spell('firing', [80, 90], { labels: { service: 'auth' } })
    expect(seen([...whole.slice(0, 3), alerts(chain, astray), delivery(83, 'firing'), delivery(131, 'resolved')])).toMatchObject([{ asked: [{ fired: true }], unasked: 1 }])
  })

  test('is seen when only its receiver knows', () => {
    expect(seen([...known, alerts(), delivery(70, 'firing', { alert: 'Down' })])).toMatchObject([{ alert: 'Down', unasked: 1 }, { alert: 'SlowResponseTime' }])
  })
})

describe('what fired does not count', () => {
  test('when it did so before the baseline, and that is said', () => {
    expect(seen([...known, alerts(other(-20, 30))])[0]).toEqual({ alert: 'Down', asked: [], ...tallies, early: 1 })
  })

  test('when the watch was over, or the drill was not gone through to its end', () => {
    expect(seen([...known, alerts(other(181, 185))]).map(({ alert }) => alert)).toEqual(['SlowResponseTime'])
    expect(seen([...known, alerts(other(70, 80))], { closed: undefined }).map(({ alert }) => alert)).toEqual(['SlowResponseTime'])
  })

  test('when it is the heartbeat', () => {
    const heartbeat = { kind: 'heartbeat-arrives', alert: 'Down', receiver: 'watchdog' } as const
    expect(seen([...known, alerts(other(-20, 180))], { criteria: [heartbeat] })).toEqual([])
  })
})

describe('an alert flaps', () => {
  const again = (...spans: readonly (readonly [number, number])[]) => other(0, 0, { spans: spans.map(([from, to]) => ({ from: at(from), to: at(to) })) })

  test('when one label set began firing twice while the fault held', () => {
    expect(seen([...known, alerts(again([70, 75], [90, 95]))])[0]).toMatchObject({ flapped: 1, unasked: 1 })
  })

  test.each([
    ['it fired once', again([70, 95])],
    ['the second time was after the fault', again([70, 75], [130, 135])],
  ])('not when %s', (_, series) => {
    expect(seen([...known, alerts(series)])[0]).toMatchObject({ flapped: 0 })
  })

  test('not when two label sets fired once each', () => {
    expect(seen([...known, alerts(other(70, 75), other(90, 95, { labels: { service: 'event' } }))])[0]).toMatchObject({ flapped: 0, unasked: 2 })
  })
})

test('silence means something only in a whole drill whose alerts were seen', () => {
  expect(isWatched(aRecord({ evidence: [alerts()] }))).toBe(true)
  expect(isWatched(aRecord({ evidence: [blind(alerts())] }))).toBe(false)
  expect(isWatched(aRecord({ evidence: [alerts()], closed: undefined }))).toBe(false)
  expect(isWatched(aRecord())).toBe(false)
})
