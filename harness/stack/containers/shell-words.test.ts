// How a command of one text is taken apart.
import { expect, test } from 'vitest'
import { shellWords } from './shell-words.ts'

test.each<[string, readonly string[]]>([
  ['', []],
  ['  a  b ', ['a', 'b']],
  ['sh -c "echo $1; exit"', ['sh', '-c', 'echo $1; exit']],
  [`echo 'it is' "\\"quoted\\"" a\\ b`, ['echo', 'it is', '"quoted"', 'a b']],
  ['--name="a b"c', ['--name=a bc']],
  [`'' ""`, ['', '']],
  ['"a\\nb"', ['a\\nb']],
])('%j', (text, words) => {
  expect(shellWords(text)).toEqual(words)
})

test('a list is taken as it is', () => {
  expect(shellWords(['a b', '"c'])).toEqual(['a b', '"c'])
})

test.each(['echo "a', "echo 'a", 'echo a\\'])('%s is refused', (text) => {
  expect(() => shellWords(text)).toThrow('a quote is not closed')
})
