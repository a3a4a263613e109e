// Which phases and criteria a command line means, and that every mistake in it is told at once.
import { expect, test } from 'vitest'
import type { Content } from '../drill/read-content.ts'
import { phaseSchema } from '../model/phase.ts'
import { plansFor } from './gate-plans.ts'
import type { Asked } from './gate-plans.ts'

const told = { claim: 'The shop is open.', source: 'report', question: 'Is it open?', weight: 'blocking' as const }
const aPhase = (name: string, ...ids: string[]) => ({
  ...phaseSchema.parse({ name, title: 'Is the shop open?', criteria: ids.map((id) => ({ id, ...told, ...(id.startsWith('slow') && { profile: 'nightly' }), check: { kind: 'targets', services: ['web'] } })) }),
  file: `${name}.ts`,
})
const content = { drills: [], phases: [aPhase('phase-1', 'opens', 'slow-pay'), aPhase('phase-2', 'closes')] } as unknown as Content

const plans = (asked: Partial<Asked>) => plansFor(content, { phases: ['phase-1'], profile: 'smoke', only: [], skip: [], ...asked })

test('one phase, or all of them', () => {
  expect(plans({}).map(({ phase }) => phase.name)).toEqual(['phase-1'])
  expect(plans({ phases: ['all'] }).map(({ phase }) => phase.name)).toEqual(['phase-1', 'phase-2'])
})

test('what is left out is left out of its own phase, with its reason', () => {
  const [first, second] = plans({ phases: ['all'], skip: ['closes=no door = no lock'] })
  expect(first?.skipped).toEqual({})
  expect(second?.skipped).toEqual({ closes: 'no door = no lock' })
  expect(second?.looks.idle).toEqual([])
})

test('a criterion that is asked for leaves the other phases empty', () => {
  expect(plans({ phases: ['all'], only: ['opens'] }).map(({ looks }) => looks.idle.length)).toEqual([1, 0])
})

test('every mistake at once, each with its remedy', () => {
  expect(() => plans({ phases: ['phase-1', 'phse-2'], only: ['opns', 'slow-pay'], skip: ['opens'] })).toThrow(
    'there is no phase phse-2: did you mean phase-2?; --skip opens gives no reason: write --skip opens=\'why it is left out\'; phase-1 has no criterion opns: did you mean opens?; slow-pay takes longer than smoke has: add --profile nightly',
  )
})
