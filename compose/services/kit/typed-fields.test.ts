// Typed fields: what is read, and that a value of another type is refused at once.
import { describe, expect, it } from 'vitest'
import { typedFieldsOf, type TypedFields } from './typed-fields.ts'

const ID = '00000000-0000-4000-8000-000000000000'
const RANGE = { min: 1, max: 10 }

it('values are read, absent and null ones are null', () => {
  const fields = typedFieldsOf({
    id: ID,
    at: '2025-07-14T10:00:00Z',
    size: 3,
    word: 'red',
    more: { a: 1 },
    list: ['x'],
  })
  expect([fields.uuid('id'), fields.optionalUuid('none')]).toEqual([ID, null])
  expect([fields.optionalMoment('at'), fields.optionalWhole('size', RANGE)]).toEqual(['2025-07-14T10:00:00Z', 3])
  expect([fields.word('word', ['red', 'blue']), fields.optionalWord('none', ['red'])]).toEqual(['red', null])
  expect([fields.optionalObject('more'), fields.optionalObject('none')]).toEqual([{ a: 1 }, null])
  expect(fields.optionalTexts('list', { max: 1, length: 1 })).toEqual(['x'])
  expect(() => fields.done('wrong')).not.toThrow()
})

describe('of another type', () => {
  it.each<[string, (fields: TypedFields) => unknown, unknown]>([
    ['an id that is none', (fields) => fields.uuid('x'), 'no-uuid'],
    ['an id that is missing', (fields) => fields.uuid('x'), null],
    ['an unknown word', (fields) => fields.word('x', ['red']), 'Red'],
    ['a word that is missing', (fields) => fields.word('x', ['red']), undefined],
    ['a day without a time', (fields) => fields.optionalMoment('x'), '2025-07-14'],
    ['a month that is none', (fields) => fields.optionalMoment('x'), '2025-13-14T10:00:00Z'],
    ['half a number', (fields) => fields.optionalWhole('x', RANGE), 1.5],
    ['a list for an object', (fields) => fields.optionalObject('x'), []],
    ['a number in a list of texts', (fields) => fields.optionalTexts('x', { max: 3, length: 3 }), ['a', 1]],
  ])('%s is 422', (_what, read, x) => {
    expect(() => read(typedFieldsOf({ x }))).toThrow(expect.objectContaining({ status: 422 }))
  })
})

it('broken limits are gathered', () => {
  const fields = typedFieldsOf({ size: 11, list: ['long', 'x'] })
  fields.optionalWhole('size', RANGE)
  fields.optionalTexts('list', { max: 1, length: 3 })
  const message =
    'size must be between 1 and 10, list may have at most 1 entries, list: an entry may have at most 3 characters'
  expect(() => fields.done('wrong')).toThrow(message)
})
