// Every status is either an end or active.
import { expect, it } from 'vitest'
import { ACTIVE, ENDS, STATUSES } from './status.ts'

it('ends and active statuses are all there is, and no status is both', () => {
  expect([...ACTIVE, ...ENDS].toSorted()).toEqual([...STATUSES].toSorted())
})
