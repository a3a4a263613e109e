// TLS only, answered plainly, no TLS, no certificate asked for, and a way that nobody tried.
import { expect, test } from 'vitest'
import { judgedBy } from '../testing/gate.ts'

const check = { kind: 'encrypted' as const, edges: ['web->*'], mutual: true }
const way = { edge: 'web->stock', plain: false, tls: true, needsCertificate: true }

test('TLS only', () => {
  expect(judgedBy<'encrypted'>(check, [way])).toMatchObject({ verdict: 'pass', because: '1 edge encrypted' })
})

test.each([
  [{ plain: true }, 'web->stock is answered without TLS'],
  [{ tls: false }, 'web->stock does not speak TLS'],
  [{ needsCertificate: false }, 'web->stock asks for no certificate'],
])('%o fails', (changes, because) => {
  expect(judgedBy<'encrypted'>(check, [{ ...way, ...changes }])).toMatchObject({ verdict: 'fail', because })
})

test('not tried', () => {
  expect(judgedBy<'encrypted'>(check, [{ ...way, edge: 'stock->db' }])).toMatchObject({ verdict: 'inconclusive', because: 'web->* was not tried' })
})
