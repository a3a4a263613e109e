// Rules that are loaded and healthy, too few, one that fails, and one that nobody has evaluated yet.
import { expect, test } from 'vitest'
import { judgedBy } from '../testing/gate.ts'

const rule = (name: string, health = 'ok', type: 'alert' | 'recording' = 'alert') => ({ name, type, health })
const check = { kind: 'rules' as const, alerts: 1, recordings: 1, names: ['Down'] }

test('enough of both, all healthy', () => {
  expect(judgedBy<'rules'>(check, [rule('Down'), rule('rate', 'ok', 'recording')])).toMatchObject({ verdict: 'pass', because: '1 alert rule and 1 recording rule, all healthy' })
})

test('one that is not loaded, too few, none at all', () => {
  expect(judgedBy<'rules'>(check, [rule('Up')]).because).toBe('Down is not loaded, 0 recording rules, wanted 1')
  expect(judgedBy<'rules'>({ kind: 'rules' }, [])).toMatchObject({ verdict: 'fail', because: 'no rule is loaded' })
})

test('one that fails, and one that was not evaluated yet', () => {
  expect(judgedBy<'rules'>({ kind: 'rules' }, [{ ...rule('Down', 'err'), lastError: 'many-to-many' }])).toMatchObject({ verdict: 'fail', because: 'Down fails (many-to-many)' })
  expect(judgedBy<'rules'>({ kind: 'rules' }, [rule('Down', 'unknown')])).toMatchObject({ verdict: 'inconclusive', because: 'Down has not been evaluated yet' })
})
