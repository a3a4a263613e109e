// Templates are filled with values, never with what a value says.
import { expect, it } from 'vitest'
import { render } from './render.ts'

it('fills every place and names those without a value', () => {
  const missing = new Set<string>()
  const text = render('{{a}} and {{ b }} and {{c}} and {{d}}', { a: 1, b: '{{a}}', c: { x: 1 }, d: null }, missing)
  expect(text).toBe('1 and {{a}} and {"x":1} and ')
  expect([...missing]).toEqual(['d'])
})

it('knows no inherited values', () => {
  const missing = new Set<string>()
  expect(render('{{constructor}}', {}, missing)).toBe('')
  expect([...missing]).toEqual(['constructor'])
})
