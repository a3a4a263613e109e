// Breaks one link of the alert chain at a time, on a real stack: exactly that link has to be named.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Drill } from '../model/drill.ts'
import type { Rig } from '../model/stack.ts'
import type { RunningStack } from './running-stacks.ts'
import { loaded, rigOn, run, SABOTAGE, startStack, stopStack, suite } from './testing/live-runs.ts'
import type { Ran } from './testing/live-runs.ts'

const [compose = '', core = ''] = SABOTAGE
const blocked = { kind: 'outage', edge: 'prometheus->sample', for: '8m' } as const
const alertsOf = (names: readonly string[]) => names.map((alert) => ({ kind: 'alert-fires', alert, receiver: 'platform' }) as const)
const drill = (names: readonly string[], faults: Drill['faults'] = [blocked]) =>
  ({ title: 'Which link is broken?', load: { scenario: 'sample-processing', rate: '20/s', floor: '10/s' }, baseline: '2m', faults, criteria: alertsOf(names) }) satisfies Drill

const REASONS: Readonly<Record<string, string>> = {
  MetricAbsent: 'did not fire: there is no metric samples_lost_total',
  LabelMatchesNothing: 'did not fire: no series matches `up{service="smaple"}`; the nearest is up{',
  JoinWithoutMatch: 'did not fire: both sides of `up{service="sample"} == 0 and on (service) up{service="auth"} == 1` had results, but none of them match each other',
  SecondConditionNever: 'did not fire: `up{service="auth"} > 1` never held: highest value seen 1, needs > 1',
  ThresholdOutOfReach: 'did not fire: `1 - up{service="sample"} > 2` never held: highest value seen 1, needs > 2',
  ForTooLong: '`for` needs 30',
  Muted: 'fired, but was not delivered to platform: another alert inhibited it',
  Hushed: 'fired, but was not delivered to platform: a silence muted it',
  Astray: 'fired, but was not delivered to platform: backend got it instead',
  Refused: 'fired, but was not delivered to platform: Alertmanager routes it to refusing, and nobody got it: ',
  Unsent: 'fired, but was not delivered to platform: Alertmanager routes it to empty, and nobody got it',
}

async function silence(rig: Rig, alert: string): Promise<void> {
  const startsAt = new Date().toISOString()
  const endsAt = new Date(Date.now() + 600_000).toISOString()
  const matchers = [{ name: 'alertname', value: alert, isRegex: false, isEqual: true }]
  const body = JSON.stringify({ matchers, startsAt, endsAt, createdBy: 'a test', comment: 'a test' })
  const answer = await fetch(`${rig.observer('alertmanager')}/api/v2/silences`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  expect(answer.status).toBe(200)
}

suite('why an alert did not fire or arrive', () => {
  describe('links that can be broken side by side', () => {
    let stack: RunningStack
    let ran: Ran
    beforeAll(async () => {
      stack = await startStack([compose, core, 'harness/run/testing/why.yaml'])
      await silence(await rigOn(stack), 'Hushed')
      ran = await run([loaded('why', drill(['SampleDown', ...Object.keys(REASONS)]))], { on: stack })
    })
    afterAll(() => stopStack(stack))

    test('control: the alert with nothing wrong passes', () => {
      expect(ran.finding('alert-fires', 'SampleDown')).toMatchObject({ verdict: 'pass' })
    })

    test.each(Object.entries(REASONS))('%s', (alert, reason) => {
      const { verdict, because } = ran.finding('alert-fires', alert)
      expect(because).toContain(reason)
      expect(verdict).toBe(alert === 'ForTooLong' ? 'inconclusive' : 'fail')
    })

    test('Prometheus that cannot reach Alertmanager', async () => {
      const cut = { kind: 'outage', edge: 'prometheus->alertmanager', for: '8m' } as const
      const { verdict, because } = (await run([loaded('cut', drill(['SampleDown'], [blocked, cut]))], { on: stack })).finding('alert-fires')
      expect(because).toMatch(/Alertmanager was never seen to hold it: Prometheus could not hand over \d+ of \d+ alerts/)
      expect(verdict).toBe('fail')
    })
  })

  test('a rule that cannot be evaluated', async () => {
    const ran = await run([loaded('broken', drill(['NotEvaluated']))], { files: [compose, core, 'harness/run/testing/why-broken.yaml'] })
    expect(ran.finding('alert-fires')).toMatchObject({ because: expect.stringMatching(/evaluat/) })
    expect(ran.verdict).not.toBe('pass')
  })
})
