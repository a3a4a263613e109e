// Answers of Redis about streams and groups, known and unknown numbers alike.
import { expect, it } from 'vitest'
import { readGroup, readStream } from './stream-info.ts'

it('a stream', () => {
  expect(readStream(['length', 3, 'radix-tree-keys', 1, 'entries-added', 7])).toEqual({ length: 3, added: 7 })
})

it('a group', () => {
  const reply = ['name', 'notification', 'consumers', 1, 'pending', 2, 'entries-read', 5, 'lag', 2]
  expect(readGroup(reply, 7)).toEqual({ name: 'notification', pending: 2, lag: 2, read: 5 })
})

it('a group whose place Redis does not know lags by all it may', () => {
  expect(readGroup(['name', 'late', 'pending', 0, 'entries-read', null, 'lag', null], 7)).toMatchObject({ lag: 7 })
})
