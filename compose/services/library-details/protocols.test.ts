// A protocol is fit for use when it has steps, each with a name and a description.
import { expect, it } from 'vitest'
import { problemsOf } from './protocols.ts'

it.each([
  [[{ name: 'a', description: 'b' }], []],
  [[], ['Protocol must have at least one step']],
  [{ a: 1 }, ['Protocol must have at least one step']],
  [null, ['Protocol must have at least one step']],
  [[{ name: 'a' }, 'b'], ['Step 1 is missing description', 'Step 2 is missing name', 'Step 2 is missing description']],
])('%j', (steps, problems) => {
  expect(problemsOf(steps)).toEqual(problems)
})
