// Series that are there and within bounds, too few of them, one out of bounds, and one without a number.
import { expect, test } from 'vitest'
import { judgedBy } from '../testing/gate.ts'

const one = (service: string, lowest: number, highest = lowest) => ({ labels: { service }, lowest, highest })
const check = { kind: 'series', query: 'pool', series: 2, atLeast: 5, atMost: 50 } as const

test('within bounds all the time', () => {
  expect(judgedBy(check, [one('web', 5), one('stock', 20, 50)])).toMatchObject({ verdict: 'pass', because: '2 series, from 5 to 50' })
})

test('too few, or out of bounds at any time', () => {
  expect(judgedBy(check, [one('web', 20)])).toMatchObject({ verdict: 'fail', because: '1 series, wanted at least 2' })
  expect(judgedBy(check, [one('web', 20, 60), one('stock', 1, 20)]).because).toBe('{service=web} went up to 60, wanted at most 50, {service=stock} went down to 1, wanted at least 5')
  expect(judgedBy({ kind: 'series', query: 'x' }, [])).toMatchObject({ verdict: 'fail', because: '0 series, wanted at least 1' })
})

test('a ratio of nothing is no number', () => {
  expect(judgedBy(check, [one('web', NaN), one('stock', 20)])).toMatchObject({ verdict: 'inconclusive', because: 'the series {service=web} has no number' })
})
