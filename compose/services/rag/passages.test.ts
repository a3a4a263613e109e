// Passages keep all text, in order, none too long.
import { expect, it } from 'vitest'
import { passagesOf } from './passages.ts'

it('short lines stay together', () => {
  expect(passagesOf('Sample: A\n\n  Volume: 3 ul \n')).toEqual(['Sample: A\nVolume: 3 ul'])
})

it('no passage is longer than 800 characters, and nothing is lost', () => {
  const lines = Array.from({ length: 50 }, (_, n) => `${n} `.repeat(40).trim())
  const passages = passagesOf(lines.join('\n'))
  expect(Math.max(...passages.map(({ length }) => length))).toBeLessThanOrEqual(800)
  expect(passages.join('\n')).toBe(lines.join('\n'))
})

it('a line without end is cut', () => {
  expect(passagesOf('x'.repeat(2000)).map(({ length }) => length)).toEqual([800, 800, 400])
})

it('a book is not kept whole', () => {
  expect(passagesOf('x'.repeat(1_000_000))).toHaveLength(200)
})

it.each(['', ' \n \n'])('nothing has no passages', (text) => {
  expect(passagesOf(text)).toEqual([])
})
