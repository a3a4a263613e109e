// Fields: wrong form is refused at once, broken rules together.
import { describe, expect, it } from 'vitest'
import { fieldsOf, isUuid, jsonObject } from './fields.ts'

describe('wrong form is a plain 422', () => {
  it.each<[string, () => unknown]>([
    ['a missing text', () => fieldsOf({}).text('a')],
    ['a null for a text', () => fieldsOf({ a: null }).text('a')],
    ['a number for a text', () => fieldsOf({ a: 1 }).text('a')],
    ['a text for a number', () => fieldsOf({ a: '1' }).optionalNumber('a')],
    ['a text for a flag', () => fieldsOf({ a: 'true' }).optionalFlag('a')],
    ['an object for a list', () => fieldsOf({ a: {} }).list('a')],
    ['a list for an object', () => jsonObject([])],
  ])('%s', (_what, read) => {
    expect(read).toThrow(expect.objectContaining({ status: 422, plain: true }))
  })
})

it('broken rules are gathered into one 400', () => {
  const fields = fieldsOf({ a: '', b: 'x\0', c: 5 })
  fields.text('a', { min: 1 })
  fields.optionalText('b', { pattern: /^y/, message: 'b must begin with y' })
  fields.optionalNumber('c', { max: 1 })
  fields.problem('and this')
  const message =
    'a needs at least 1 character, b holds a NUL character, b must begin with y, ' +
    'c must be between -Infinity and 1, and this'
  expect(() => fields.done('CODE')).toThrow(expect.objectContaining({ status: 400, code: 'CODE', message }))
})

it('nothing wrong is nothing thrown', () => {
  const fields = fieldsOf({ a: 'x', b: null })
  const read = [fields.text('a'), fields.optionalText('b'), fields.optionalNumber('c'), fields.optionalFlag('d')]
  expect(read).toEqual(['x', null, null, false])
  expect(() => fields.done('CODE')).not.toThrow()
})

it.each([
  ['00000000-0000-4000-8000-000000000000', true],
  ['00000000-0000-4000-8000-00000000000', false],
  ['00000000000040008000000000000000', false],
])('%s as a uuid: %s', (value, fits) => {
  expect(isUuid(value)).toBe(fits)
})
