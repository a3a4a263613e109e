// The password policy as documented, and its switches.
import { expect, it } from 'vitest'
import { passwordProblems } from './password-policy.ts'

const DOCUMENTED = { minLength: 8, upper: true, lower: true, digit: true, symbol: false }

it.each([
  ['Abcdefg1', 0],
  ['Abcdef1', 1],
  ['abcdefg1', 1],
  ['ABCDEFG1', 1],
  ['Abcdefgh', 1],
  ['', 4],
  [`Aa1${'x'.repeat(200)}`, 1],
])('%s breaks %i rules', (password, broken) => {
  expect(passwordProblems(password, DOCUMENTED)).toHaveLength(broken)
})

it('wants a symbol only when told to', () => {
  const strict = { ...DOCUMENTED, symbol: true }
  expect(passwordProblems('Abcdefg1', strict)).toEqual(['Password must contain at least one symbol'])
  expect(passwordProblems('Abcdefg1!', strict)).toEqual([])
})

it('wants nothing but length when all else is off', () => {
  const loose = { minLength: 6, upper: false, lower: false, digit: false, symbol: false }
  expect(passwordProblems('abcdef', loose)).toEqual([])
})
