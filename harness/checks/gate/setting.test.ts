// Values that are in force: numbers, durations, sizes, words; one that is not there, one that cannot be compared.
import { expect, test } from 'vitest'
import { judgedBy } from '../testing/gate.ts'

const check = { kind: 'setting' as const, service: 'db', from: 'server' as const, name: 'limit' }
const value = (found: string | number | boolean | undefined) => ({ value: found, where: 'CONFIG GET' })

test.each([
  ['30d', { atLeast: '30d' }],
  ['4w3d', { atLeast: '30d' }],
  [268_435_456, { atLeast: '1mb', atMost: '256mb' }],
  ['100000', { atLeast: 100_000 }],
  [true, { is: true }],
  ['yes', { is: 'yes' }],
])('%s holds %o', (found, bounds) => {
  expect(judgedBy<'setting'>({ ...check, ...bounds }, value(found)).verdict).toBe('pass')
})

test.each([
  ['15d', { atLeast: '30d' }, 'limit is 15d (CONFIG GET), wanted at least 30d'],
  [0, { atLeast: '1mb', atMost: '1gb' }, 'limit is 0 (CONFIG GET), wanted at least 1mb and at most 1gb'],
  ['no', { is: 'yes' }, 'limit is no (CONFIG GET), wanted yes'],
  [undefined, { is: 'yes' }, 'CONFIG GET has no limit'],
])('%s does not hold %o', (found, bounds, because) => {
  expect(judgedBy<'setting'>({ ...check, ...bounds }, value(found))).toMatchObject({ verdict: 'fail', because })
})

test('what cannot be compared says nothing', () => {
  expect(judgedBy<'setting'>({ ...check, atLeast: '30d' }, value('forever'))).toMatchObject({ verdict: 'inconclusive', because: 'limit is forever (CONFIG GET), which cannot be compared with at least 30d' })
})
