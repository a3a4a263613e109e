// Listeners on loopback, one that is known, one that nobody spoke of, and a look that saw nothing.
import { expect, test } from 'vitest'
import { judgedBy } from '../testing/gate.ts'

const on = (address: string) => ({ service: 'web', port: 80, address, loopback: address.startsWith('127.') })

test('none unexpected', () => {
  expect(judgedBy<'listeners'>({ kind: 'listeners', open: [] }, [on('127.0.0.3')])).toMatchObject({ verdict: 'pass', because: '1 listener, none unexpected' })
  expect(judgedBy<'listeners'>({ kind: 'listeners', open: ['web:80'] }, [on('0.0.0.0')]).verdict).toBe('pass')
})

test('one that nobody spoke of', () => {
  expect(judgedBy<'listeners'>({ kind: 'listeners', open: ['web:81'] }, [on('0.0.0.0')])).toMatchObject({ verdict: 'fail', because: 'web listens on 0.0.0.0:80' })
})

test('a running system listens somewhere', () => {
  expect(judgedBy<'listeners'>({ kind: 'listeners', open: [] }, []).verdict).toBe('inconclusive')
})
