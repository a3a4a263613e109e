// A service refuses what is no UUID, and two things of the same id are one.
import { expect, test } from 'vitest'
import { aUuid } from './expectation.ts'
import { newUuid } from './uuid.ts'

test('a new UUID is one, of version 4, and unlike the last', () => {
  const [first, second] = [newUuid(), newUuid()]
  expect(aUuid(first)).toBe(true)
  expect(first).toMatch(/^.{8}-.{4}-4.{3}-8.{3}-.{12}$/)
  expect(second).not.toBe(first)
})
