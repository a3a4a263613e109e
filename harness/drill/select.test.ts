// Names and tags choose drills; what nothing answers to is said, not passed over.
import { expect, test } from 'vitest'
import { selectDrills } from './select.ts'

const drills = [
  { name: 'auth-crash', tags: ['smoke', 'crash'] },
  { name: 'quiet', tags: ['smoke'] },
  { name: 'long-haul', tags: ['nightly'] },
]
const names = (wanted: Partial<Parameters<typeof selectDrills>[1]>) =>
  selectDrills(drills, { names: [], tags: [], ...wanted }).drills.map(({ name }) => name)

test('all, by name in the order named, by tag, each once', () => {
  expect(names({})).toEqual(['auth-crash', 'quiet', 'long-haul'])
  expect(names({ names: ['long-haul', 'quiet'] })).toEqual(['long-haul', 'quiet'])
  expect(names({ tags: ['smoke'] })).toEqual(['auth-crash', 'quiet'])
  expect(names({ names: ['quiet'], tags: ['crash', 'smoke'] })).toEqual(['quiet', 'auth-crash'])
})

test('unknown names and tags', () => {
  expect(selectDrills(drills, { names: ['quite'], tags: ['somke', 'weekly'] })).toEqual({
    drills: [],
    unknown: [
      'no drill quite: did you mean quiet?',
      'no drill has the tag somke: did you mean smoke?',
      'no drill has the tag weekly: use one of: crash, nightly, smoke',
    ],
  })
})
