// Back in time, too late, never, and one that was never gone.
import { expect, test } from 'vitest'
import { judgedBy } from '../testing/gate.ts'

const check = { kind: 'recovery' as const, services: ['web'], within: '30s' as const }

test('back in time', () => {
  expect(judgedBy<'recovery'>(check, [{ service: 'web', died: true, readyMs: 2_000 }])).toMatchObject({ verdict: 'pass', because: 'the slowest took 2.0 s' })
})

test('too late, and never', () => {
  expect(judgedBy<'recovery'>(check, [{ service: 'web', died: true, readyMs: 40_000 }])).toMatchObject({ verdict: 'fail', because: 'web took 40.0 s' })
  expect(judgedBy<'recovery'>(check, [{ service: 'web', died: true }]).because).toBe('web did not come back')
})

test('one that was never gone says nothing', () => {
  expect(judgedBy<'recovery'>(check, [{ service: 'web', died: false, readyMs: 1 }])).toMatchObject({ verdict: 'inconclusive', because: 'web was not seen to die' })
})
