// What a gate takes: drills side by side count once, the load only where somebody looks under it.
import { expect, test } from 'vitest'
import { drillSchema } from '../model/drill.ts'
import { phaseSchema } from '../model/phase.ts'
import type { Phase } from '../model/phase.ts'
import { estimateGate, sumOf } from './gate-estimate.ts'
import { planGate } from './gate-plan.ts'
import { MINI_STACK, miniObserved } from './testing/mini-stack.ts'

const quiet = { ...drillSchema.parse({ title: 'Is the shop quiet?', hold: '10m', load: { scenario: 'buy', rate: '20/s', floor: '10/s' } }), name: 'quiet', file: 'quiet.ts' }

function estimate(checks: readonly NonNullable<Phase['criteria'][number]['check']>[], batches = [[quiet]]) {
  const criteria = checks.map((check, index) => ({ id: `c-${index}`, claim: 'The shop is open.', source: 'report', question: 'Is it open?', weight: 'blocking', check }))
  const phase = { ...phaseSchema.parse({ name: 'phase-1', title: 'Is the shop open?', criteria }), file: 'phase-1.ts' }
  const plans = [planGate(phase, { profile: 'smoke', only: [], skip: {}, drills: [quiet] })]
  return estimateGate({ plans, batches, stack: MINI_STACK, observed: miniObserved(40), acceleration: 40, lookBackMs: 300_000 })
}

test('one step for each thing that takes time, in the order in which it comes', () => {
  const steps = estimate([{ kind: 'drill', drills: ['quiet'] }, { kind: 'targets', services: ['web'] }, { kind: 'series', query: 'up' }])
  expect(steps.map(({ what }) => what)).toEqual(['stack', 'look', 'drills', 'load', 'look', 'end'])
  expect(steps[2]?.ms).toBeGreaterThan(600_000 / 40)
})

test('no look under load, no load', () => {
  expect(estimate([{ kind: 'targets', services: ['web'] }]).map(({ what }) => what)).not.toContain('load')
})

test('drills side by side take as long as one', () => {
  const alone = sumOf(estimate([{ kind: 'drill', drills: ['quiet'] }]))
  expect(sumOf(estimate([{ kind: 'drill', drills: ['quiet'] }], [[quiet, quiet]]))).toBe(alone)
  expect(sumOf(estimate([{ kind: 'drill', drills: ['quiet'] }], [[quiet], [quiet]]))).toBeGreaterThan(alone)
})
