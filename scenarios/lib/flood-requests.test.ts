// What a flood promises of every row it brings: kept when all is kept, refused when all is, unknown when nobody can know.
import { expect, test } from 'vitest'
import type { Answer } from './expectation.ts'
import * as flood from './flood-requests.ts'
import type { Ask } from './operation.ts'

const DESK = { baseUrl: 'http://x', token: 't' }
const BUSY = { retry_after: 1 }

const answer = (status: number, body?: unknown): Answer => ({ status, body, error: '' })

function outcomesOf({ items }: Ask, given: Answer): readonly string[] {
  return [...new Set(items?.rows.map((row, index) => items.judge(row, given, index).type))]
}

test('as much as may be: a hundred rows, each with an outcome of its own', () => {
  const list = flood.fullList(DESK, 'k')
  const created = list.items?.rows.map(({ key }) => ({ barcode: key })) ?? []
  expect(created).toHaveLength(flood.LIMIT)
  const stored = answer(200, { data: { created_samples: created, failed_samples: [] } })
  expect(outcomesOf(list, stored)).toEqual(['acknowledged'])
  expect(outcomesOf(list, answer(200, { data: { created_samples: created.slice(1) } }))).toEqual(['unknown', 'acknowledged'])
  expect([429, 503].flatMap((status) => outcomesOf(list, answer(status, BUSY)))).toEqual(['failed', 'unknown'])
})

test('a plate is kept whole or not at all', () => {
  const plate = flood.fullPlate(DESK, 'k')
  expect(plate.items?.rows).toHaveLength(flood.LIMIT)
  expect(outcomesOf(plate, answer(400, {}))).toEqual(['failed'])
  expect(outcomesOf(plate, answer(504))).toEqual(['unknown'])
  const { libraries } = plate.body as { libraries: readonly { readonly metadata: object }[] }
  expect(libraries.every(({ metadata }) => JSON.stringify(metadata) === '{"flood":"k","of":100}')).toBe(true)
})

test.each<[string, Ask, Answer]>([
  ['a list too long', flood.longList(DESK, 'k', 300), answer(429, { error: 'resource_limit_exceeded' })],
  ['a plate too long', flood.longPlate(DESK, 'k', 300), answer(400, { error: { code: 'VALIDATION_ERROR' } })],
  ['a spoilt plate', flood.spoiltPlate(DESK, 'k'), answer(400, { error: { code: 'VALIDATION_ERROR' } })],
])('of %s three rows are looked for, which must not be there', (_, ask, refusal) => {
  expect(ask.items?.rows).toHaveLength(3)
  expect(outcomesOf(ask, refusal)).toEqual(['failed'])
  expect(outcomesOf(ask, answer(200, {}))).toEqual(['acknowledged'])
})

test('only the last library of a spoilt plate is impossible', () => {
  const { libraries } = flood.spoiltPlate(DESK, 'k').body as { libraries: readonly object[] }
  expect(libraries.map((one) => 'preparation_protocol_id' in one).indexOf(true)).toBe(flood.LIMIT - 1)
})
