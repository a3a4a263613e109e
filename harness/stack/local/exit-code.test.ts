// How a process ended, as the number that a shell would tell.
import { expect, test } from 'vitest'
import { exitCodeOf } from './process.ts'

test.each([
  ['exit code 0', 0],
  ['exit code 7', 7],
  ['signal SIGTERM', 143],
  ['signal SIGKILL', 137],
])('%s is %i', (how, code) => {
  expect(exitCodeOf(how)).toBe(code)
})
