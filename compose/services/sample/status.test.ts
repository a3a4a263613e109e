// The transition table, every pair of it.
import { expect, it } from 'vitest'
import { mayGo, STATUSES, statusNamed } from './status.ts'

const ALLOWED = {
  pending: ['validated', 'rejected', 'deleted'],
  validated: ['in_storage', 'in_sequencing', 'rejected', 'deleted'],
  in_storage: ['in_sequencing', 'rejected', 'deleted'],
  in_sequencing: ['completed', 'failed'],
  completed: ['archived'],
  failed: ['pending', 'deleted'],
  discarded: ['archived', 'deleted'],
  rejected: ['pending', 'deleted'],
  archived: [],
  deleted: [],
}

it('allows exactly the documented steps', () => {
  const sorted = (list: readonly string[]): string[] => [...list].sort()
  for (const from of STATUSES) {
    const found = STATUSES.filter((to) => mayGo(from, to))
    expect([from, sorted(found)]).toEqual([from, sorted(ALLOWED[from])])
  }
  expect(sorted(STATUSES)).toEqual(sorted(Object.keys(ALLOWED)))
})

it.each([
  ['InStorage', 'in_storage'],
  ['Pending', 'pending'],
  ['pending', undefined],
  ['toString', undefined],
])('the JSON name %s is %s', (name, status) => {
  expect(statusNamed(name)).toBe(status)
})
