// Why an alert that fired did not arrive: what Alertmanager did with it, and what became of its notifications.
import { describe, expect, test } from 'vitest'
import type { EvidenceOf } from '../model/evidence.ts'
import { alertFires } from './alert-fires.ts'
import type { Expected } from './alert-sight.ts'
import { alerts, clock, rules, snapshot, spell } from './testing/evidence.ts'
import { aRecord } from './testing/records.ts'
import type { Told } from './testing/records.ts'

const expected: Expected = { kind: 'alert-fires', alert: 'SlowResponseTime', labels: { service: 'sample' }, receiver: 'backend' }
const chain = alerts(spell('pending', [70, 79]), spell('firing', [80, 125]))
const known: readonly Told[] = [clock(), snapshot()]
const judge = (evidence: readonly Told[]) => alertFires.judge(expected, aRecord({ evidence }))

describe('what Alertmanager did with it', () => {
  test.each([
    [{ silencedBy: ['8f1'] }, 'a silence muted it (8f1)'],
    [{ inhibitedBy: ['HighErrorRate'] }, 'another alert inhibited it (HighErrorRate)'],
    [{ receivers: ['backend'] }, 'Alertmanager routes it to backend, and nobody got it'],
  ])('undelivered because of %o', (change, because) => {
    const route = {
      alert: 'SlowResponseTime',
      labels: { service: 'sample' },
      receivers: [],
      silencedBy: [],
      inhibitedBy: [],
      ...change,
    }
    const outcome = judge([...known, rules(), chain, { probe: 'routing', covered: true, value: [route] }])
    expect(outcome).toMatchObject({ verdict: 'fail', because: `fired, but was not delivered to backend: ${because}` })
  })
})

describe('what became of the notification, by the counters of both', () => {
  const route = { alert: 'SlowResponseTime', labels: { service: 'sample' }, receivers: ['backend'], silencedBy: [], inhibitedBy: [] }
  const nobody = { window: { from: 0, to: 1 }, alertmanagers: 1, taken: 2, errors: 0, integrations: [] }
  const said = (routes: readonly (typeof route)[], change: Partial<EvidenceOf<'notifications'>['value']>) =>
    judge([...known, rules(), chain, { probe: 'routing', covered: true, value: routes }, { probe: 'notifications', covered: true, value: { ...nobody, ...change } }]).because

  test.each([
    [said([route], { integrations: [{ integration: 'webhook', requests: 3, failed: 3, reasons: ['serverError'] }] }), 'routes it to backend, and nobody got it: 3 of 3 webhook requests failed (given up: serverError)'],
    [said([route], {}), 'routes it to backend, and nobody got it: it sent no notification, the sink was never called'],
    [said([], { errors: 4 }), 'was never seen to hold it: Prometheus could not hand over 4 of 6 alerts'],
    [said([], { alertmanagers: 0 }), 'was never seen to hold it: Prometheus knows no Alertmanager'],
  ])('%s', (because, wanted) => {
    expect(because).toBe(`fired, but was not delivered to backend: Alertmanager ${wanted}`)
  })
})
