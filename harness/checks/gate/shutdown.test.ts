// Ends in order, loses requests, ends with an error, does not end, and one that nobody asked anything of.
import { expect, test } from 'vitest'
import { judgedBy } from '../testing/gate.ts'

const check = { kind: 'shutdown' as const, services: ['web'], within: '10s' as const }
const end = { service: 'web', exitCode: 0, ms: 800, served: 40, lost: 0 }

test('in order', () => {
  expect(judgedBy<'shutdown'>(check, [end])).toMatchObject({ verdict: 'pass', because: '40 requests served to the end, none lost' })
})

test.each([
  [{ lost: 2 }, '2 requests to web got no answer'],
  [{ exitCode: 1 }, 'web ended with 1'],
  [{ exitCode: undefined }, 'web did not end'],
  [{ ms: 12_000 }, 'web took 12.0 s'],
])('%o fails', (changes, because) => {
  expect(judgedBy<'shutdown'>(check, [{ ...end, ...changes }])).toMatchObject({ verdict: 'fail', because })
})

test('an idle service has nothing to lose', () => {
  expect(judgedBy<'shutdown'>(check, [{ ...end, served: 0 }])).toMatchObject({ verdict: 'inconclusive', because: 'nobody asked anything of web' })
})
