// A way that is closed, one that is open, and one that nobody tried.
import { expect, test } from 'vitest'
import { judgedBy } from '../testing/gate.ts'

const check = { kind: 'separated' as const, pairs: [{ from: 'web', to: 'vault' }] }

test('closed, open, not tried', () => {
  expect(judgedBy<'separated'>(check, [{ from: 'web', to: 'vault', connected: false }])).toMatchObject({ verdict: 'pass', because: '1 way closed' })
  expect(judgedBy<'separated'>(check, [{ from: 'web', to: 'vault', connected: true }])).toMatchObject({ verdict: 'fail', because: 'web to vault is open' })
  expect(judgedBy<'separated'>(check, [{ from: 'vault', to: 'web', connected: true }])).toMatchObject({ verdict: 'inconclusive', because: 'web to vault was not tried' })
})
