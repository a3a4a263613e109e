// Queries: what is read, what is ignored, what is refused.
import type { FastifyRequest } from 'fastify'
import { describe, expect, it } from 'vitest'
import { anywhere, pageOf, queryOf, type Query } from './query.ts'

function read(query: object): Query {
  return queryOf({ query } as FastifyRequest, 'wrong')
}

const RULE = { size: 'per_page', fallback: 20, max: 100 }

it('values are read, absent and empty ones are null', () => {
  const query = read({ a: 'x', b: '', c: 'true', d: 'red' })
  expect([query.text('a'), query.text('b'), query.text('z')]).toEqual(['x', null, null])
  expect([query.flag('c'), query.flag('z'), query.word('d', ['red', 'blue'])]).toEqual([true, null, 'red'])
})

it('pages have a size and an offset', () => {
  expect(pageOf(read({}), RULE)).toEqual({ page: 1, size: 20, offset: 0 })
  expect(pageOf(read({ page: '3', per_page: '7' }), RULE)).toEqual({ page: 3, size: 7, offset: 14 })
})

describe('refused', () => {
  it.each<[string, (query: Query) => unknown, object]>([
    ['page 0', (query) => pageOf(query, RULE), { page: '0' }],
    ['half a page', (query) => pageOf(query, RULE), { page: '1.5' }],
    ['an endless offset', (query) => pageOf(query, RULE), { page: '1e300' }],
    ['a page too long', (query) => pageOf(query, RULE), { per_page: '101' }],
    ['a flag that is none', (query) => query.flag('x'), { x: 'yes' }],
    ['an unknown word', (query) => query.word('x', ['red']), { x: 'Red' }],
    ['a text that does not fit', (query) => query.text('x', () => false), { x: 'y' }],
    ['a name given twice', (query) => query.text('x'), { x: ['y', 'z'] }],
    ['a NUL', (query) => query.text('x'), { x: '\0' }],
  ])('%s', (_what, work, query) => {
    expect(() => work(read(query))).toThrow(expect.objectContaining({ status: 400, code: 'wrong' }))
  })
})

it('a search means its own wildcards', () => {
  expect([anywhere('50%_\\'), anywhere(null)]).toEqual(['%50\\%\\_\\\\%', null])
})
