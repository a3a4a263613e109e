// Every form of substitution that Compose knows, and what it refuses.
import { expect, test } from 'vitest'
import { substitute, variableMistake } from './compose-variables.ts'

const env = { SET: 'x', EMPTY: '' }

test.each([
  ['plain', 'plain'],
  ['${SET}', 'x'],
  ['$SET/y', 'x/y'],
  ['${NONE}', ''],
  ['${SET:-d}${NONE:-d}${EMPTY:-d}', 'xdd'],
  ['${SET-d}${NONE-d}${EMPTY-d}', 'xd'],
  ['${SET:+d}${NONE:+d}${EMPTY:+d}', 'd'],
  ['${SET+d}${NONE+d}${EMPTY+d}', 'dd'],
  ['${SET:?why}', 'x'],
  ['${EMPTY?why}', ''],
  ['${NONE:-${SET:-y}}:${NONE:-5432}', 'x:5432'],
  ['postgres://u:p@${DB:-postgres}:5432/d?a={b}', 'postgres://u:p@postgres:5432/d?a={b}'],
  ['cost $$5 $${SET}', 'cost $5 ${SET}'],
])('%s', (text, expected) => expect(substitute(text, env)).toBe(expected))

test('a required variable that is not set is refused with its reason', () => {
  expect(() => substitute('${NONE:?say which}', env)).toThrow('variable NONE must be set: say which')
  expect(() => substitute('${EMPTY:?say which}', env)).toThrow('EMPTY')
})

test('what Compose would refuse is a mistake of the text, a missing value is not', () => {
  expect(variableMistake('${BIN:k6}')).toContain('no variable')
  expect(variableMistake('$1')).toContain('$$')
  expect(variableMistake('${OPEN')).toContain('$${OPEN'.slice(1))
  expect(variableMistake('$${BIN:k6} ${NONE:?why} $$1')).toBeUndefined()
})
