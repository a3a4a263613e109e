// Back in time, too late, never, and one that was never gone.
import { expect, test } from 'vitest'
import { aCheck, aFact, judgedBy } from '../testing/gate.ts'
import { recovery } from './recovery.ts'

const check = { kind: 'recovery' as const, services: ['web'], within: '30s' as const }

test('back in time', () => {
  expect(judgedBy<'recovery'>(check, [{ service: 'web', died: true, readyMs: 2_000 }])).toMatchObject({ verdict: 'pass', because: 'the slowest took 2.0 s' })
})

test('too late, and never', () => {
  expect(judgedBy<'recovery'>(check, [{ service: 'web', died: true, readyMs: 40_000 }])).toMatchObject({ verdict: 'fail', because: 'web took 40.0 s' })
  expect(judgedBy<'recovery'>(check, [{ service: 'web', died: true }]).because).toBe('web did not come back')
})

test('one service after the other', () => {
  const both = { ...check, services: ['web', 'stock'] }
  expect(judgedBy<'recovery'>(both, [{ service: 'web', died: true, readyMs: 2_000 }], [{ service: 'stock', died: true, readyMs: 4_000 }])).toMatchObject({ verdict: 'pass', because: 'the slowest took 4.0 s' })
  expect(judgedBy<'recovery'>(both, [{ service: 'web', died: true, readyMs: 2_000 }])).toMatchObject({ verdict: 'inconclusive', because: 'nothing is known of stock' })
})

test('one that was never gone says nothing', () => {
  expect(judgedBy<'recovery'>(check, [{ service: 'web', died: false, readyMs: 1 }])).toMatchObject({ verdict: 'inconclusive', because: 'web was not seen to die' })
})

test('a look that was cut short hides no failure, and passes nothing', () => {
  const cut = aFact('recovery', [], { covered: false, missing: 'the run was interrupted' })
  const judge = (readyMs: number) => recovery.judge(aCheck<'recovery'>(check), { facts: [aFact('recovery', [{ service: 'web', died: true, readyMs }]), cut], drills: [] })
  expect(judge(40_000)).toMatchObject({ verdict: 'fail', because: 'web took 40.0 s' })
  expect(judge(2_000)).toMatchObject({ verdict: 'inconclusive', because: 'not all was seen: the run was interrupted' })
})
