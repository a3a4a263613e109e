// The plan of a drill, by hand, as shipped and accelerated.
import { expect, test } from 'vitest'
import { drillSchema } from '../model/drill.ts'
import type { Drill } from '../model/drill.ts'
import { MINI_STACK, miniObserved } from './testing/mini-stack.ts'
import { QUIET_MS, timelineOf, WARM_UP_MS } from './timeline.ts'

const DRILL = {
  title: 'If the database is gone, are we told?',
  load: { scenario: 'buy', rate: '20/s', floor: '10/s' },
  baseline: '1m',
  faults: [{ kind: 'outage', edge: '*->db', from: '30s', for: '15m' }],
  criteria: [
    { kind: 'alert-fires', alert: 'DatabaseDown', receiver: 'database' },
    { kind: 'alert-fires', alert: 'ServiceDown', resolves: false, within: { firing: '3m' } },
    { kind: 'recovers', within: '2m' },
  ],
} satisfies Drill

function planned(drill: Drill, acceleration: number) {
  const loaded = { ...drillSchema.parse(drill), name: 'x', file: 'chaos/x.ts' }
  return timelineOf(loaded, { stack: MINI_STACK, acceleration, observed: miniObserved(acceleration) })
}

const seconds = (steps: ReturnType<typeof planned>['steps']) =>
  steps.map(({ at, kind, what }) => `${(at / 1_000).toFixed(1)} ${kind} ${what}`)

test('production time: every phase, every target, every deadline', () => {
  const { steps, leastMs, mostMs } = planned(DRILL, 1)
  expect(seconds(steps)).toEqual([
    '0.0 phase buy at 20/s; it must reach 10/s',
    '3.0 phase the steady state is watched',
    '63.0 phase one fault',
    '93.0 apply outage on web->db',
    '93.0 apply outage on exporter->db',
    // scrape 15 + answer 15 + evaluation 15 + slack 30 + for 60 + evaluation 15
    '243.0 deadline DatabaseDown firing',
    '273.0 deadline ServiceDown firing',
    // group_interval 60, longer than group_wait 0, + send 2
    '305.0 deadline DatabaseDown delivered to database',
    '993.0 phase until everything is quiet again',
    '993.0 revert outage on web->db',
    '993.0 revert outage on exporter->db',
    // scrape 15 + answer 15 + evaluation 15 + slack 30
    '1068.0 deadline DatabaseDown resolved',
    '1113.0 deadline users are served as before',
  ])
  expect(leastMs).toBe(993_000 + QUIET_MS)
  // the slowest rule: scrape 15 + answer 15 + window 300 + two evaluations 30 + slack 30, group_interval 60 + send 2
  expect(mostMs).toBe(993_000 + 452_000 + QUIET_MS)
})

test('accelerated: everything but the warm-up is divided, and the rules are those the run will see', () => {
  const { steps, mostMs } = planned(DRILL, 30)
  const at = (what: string) => steps.find((step) => step.what === what)?.at
  expect(steps[1]).toMatchObject({ at: WARM_UP_MS, until: WARM_UP_MS + 2_000 })
  expect(at('outage on web->db')).toBe(WARM_UP_MS + 3_000)
  // scrape 500 + answer 500 + evaluation 500 + slack 1000 + for 2000 + evaluation 500
  expect(at('DatabaseDown firing')).toBe(WARM_UP_MS + 3_000 + 5_000)
  expect(at('ServiceDown firing')).toBe(WARM_UP_MS + 3_000 + 6_000)
  expect(mostMs).toBeLessThan(70_000)
})

test('data has its time to become whole after the load', () => {
  const drill: Drill = { ...DRILL, faults: [], hold: '4m', criteria: [{ kind: 'invariants-hold' }] }
  const settling = (acceleration: number) => planned(drill, acceleration).steps.find(({ kind }) => kind === 'deadline')
  expect(settling(1)).toMatchObject({ at: 303_000 + 120_000, what: 'stored data is whole, 2 min after the load has ended' })
  expect(settling(30)?.what).toBe('stored data is whole, 4.0 s after the load has ended')
  expect(planned(drill, 1)).toMatchObject({ leastMs: 303_000, mostMs: 423_000 })
  expect(planned({ ...drill, criteria: [{ kind: 'invariants-hold', only: ['stock-above-zero'] }] }, 1)).toMatchObject({ leastMs: 303_000, mostMs: 303_000 })
})

test('a drill without faults only watches', () => {
  const { steps, leastMs, mostMs } = planned({ ...DRILL, faults: [], criteria: [], hold: '4m' }, 1)
  expect(steps.map(({ phase }) => phase)).toEqual(['warm-up', 'baseline'])
  expect([leastMs, mostMs]).toEqual([303_000, 303_000])
})
