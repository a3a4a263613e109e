// The words of a question become a query in which nothing is an operator.
import { expect, it } from 'vitest'
import { anyWord } from './retrieval.ts'

it.each([
  ['Where is AB-1234?', 'where | is | ab | 1234'],
  ["a & b | !c <-> 'd' (e):*", 'a | b | c | d | e'],
  ['Öl öl ÖL', 'öl'],
  ['?!', ''],
])('%s', (question, wanted) => {
  expect(anyWord(question)).toBe(wanted)
})

it('a long question is cut', () => {
  const question = Array.from({ length: 100 }, (_, n) => `w${n}`).join(' ')
  expect(anyWord(question).split(' | ')).toHaveLength(40)
})
