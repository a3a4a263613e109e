// The least time of a drill, by hand, as shipped and accelerated.
import { expect, test } from 'vitest'
import { drillSchema } from '../model/drill.ts'
import type { Drill } from '../model/drill.ts'
import { leastTimeOf } from './least-time.ts'
import { MINI_STACK, miniObserved } from './testing/mini-stack.ts'

const DRILL = {
  title: 'If the database is gone, are we told?',
  load: { scenario: 'buy', rate: '20/s', floor: '10/s' },
  baseline: '1m',
  faults: [{ kind: 'outage', edge: '*->db', from: '30s', for: '15m' }],
  criteria: [{ kind: 'alert-fires', alert: 'DatabaseDown', receiver: 'database' }, { kind: 'recovers', within: '2m' }],
} satisfies Drill

function least(drill: Drill, acceleration = 1, fired: readonly string[] = []) {
  const loaded = { ...drillSchema.parse(drill), name: 'x', file: 'chaos/x.ts' }
  return leastTimeOf(loaded, { stack: MINI_STACK, acceleration, observed: miniObserved(acceleration) }, fired)
}

const seconds = ({ parts }: ReturnType<typeof least>) => parts.map(({ what, ms }) => `${what} ${ms / 1_000}`)

test('baseline, the faults as declared, and one scrape and one evaluation for the alert to end', () => {
  expect(seconds(least(DRILL))).toEqual(['baseline 60', 'faults 930', 'alerts to end 30'])
  expect(least(DRILL).ms).toBe(1_020_000)
})

test('a fault that is over too soon does not make the alert come sooner', () => {
  const brief: Drill = { ...DRILL, faults: [{ kind: 'outage', edge: '*->db', from: '30s', for: '10s' }] }
  // from 30 + scrape 15 + evaluation 15 + for 60 + group_wait 0
  expect(seconds(least(brief))).toContain('faults 120')
  const platform: Drill = { ...brief, criteria: [{ kind: 'alert-fires', alert: 'ServiceDown', receiver: 'platform' }] }
  // from 30 + scrape 15 + evaluation 15 + for 120 + group_wait 10
  expect(seconds(least(platform))).toContain('faults 190')
})

test('an alert that fired besides the expected one has to end too, with the whole of its window', () => {
  expect(seconds(least(DRILL, 1, ['TooSlow']))).toContain('alerts to end 330')
})

test('an alert that may go on, or that no rule has, is not waited for', () => {
  const stays: Drill = { ...DRILL, criteria: [{ kind: 'alert-fires', alert: 'DatabaseDown', resolves: false }] }
  expect(seconds(least(stays))).toContain('alerts to end 0')
  expect(seconds(least(stays, 1, ['Nobody']))).toContain('alerts to end 0')
})

test('without faults it only watches', () => {
  expect(seconds(least({ ...DRILL, faults: [], criteria: [], hold: '4m' }))).toEqual(['baseline 60', 'hold 240'])
})

test('accelerated it is divided, down to the floors of the monitoring', () => {
  // scrape 0.5 + evaluation 0.5
  expect(seconds(least(DRILL, 30))).toEqual(['baseline 2', 'faults 31', 'alerts to end 1'])
})
