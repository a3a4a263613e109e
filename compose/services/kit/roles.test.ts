// Roles cover those below them; unknown ones cover nothing and are covered by nothing.
import { expect, it } from 'vitest'
import { roleCovers } from './roles.ts'

it.each([
  ['lab_administrator', 'guest', true],
  ['lab_technician', 'lab_technician', true],
  ['guest', 'data_analyst', false],
  ['king', 'guest', false],
  ['lab_administrator', 'king', false],
  ['king', 'king', false],
  ['service', 'lab_administrator', true],
  ['service', 'service', false],
  ['lab_administrator', 'service', false],
])('%s covers %s: %s', (role, required, covers) => {
  expect(roleCovers(role, required)).toBe(covers)
})
