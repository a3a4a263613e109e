// The priority of a sample is what its metadata names, if it names one that exists.
import { expect, it } from 'vitest'
import { priorityOf } from './queue.ts'

it.each([
  [{ priority: 'urgent' }, 'urgent'],
  [{ priority: 'LOW' }, 'normal'],
  [{ priority: 1 }, 'normal'],
  [{}, 'normal'],
  [null, 'normal'],
  ['urgent', 'normal'],
])('%o is %s', (metadata, priority) => {
  expect(priorityOf(metadata)).toBe(priority)
})
