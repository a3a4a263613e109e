// Every rule shown to work, one that is not, and no rule at all.
import { expect, test } from 'vitest'
import { judgedBy } from '../testing/gate.ts'

const rule = (alert: string, state: 'proven' | 'fired' | 'unit-tested only' | 'silent' | 'exempt') => ({ alert, state })
const check = { kind: 'alert-coverage' as const, level: 'tested' as const }

test('each comes up to the level', () => {
  expect(judgedBy<'alert-coverage'>(check, [rule('Down', 'unit-tested only'), rule('Slow', 'exempt')])).toMatchObject({ verdict: 'pass', because: '2 rules, each tested or exempt' })
})

test('one does not', () => {
  expect(judgedBy<'alert-coverage'>(check, [rule('Down', 'silent')])).toMatchObject({ verdict: 'fail', because: 'Down is silent' })
  expect(judgedBy<'alert-coverage'>({ ...check, level: 'proven' }, [rule('Down', 'fired')]).verdict).toBe('fail')
})

test('without rules nothing is said', () => {
  expect(judgedBy<'alert-coverage'>(check, []).verdict).toBe('inconclusive')
})
