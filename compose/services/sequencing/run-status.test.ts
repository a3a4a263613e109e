// Run states: the whole table, and which of them are ends.
import { expect, it } from 'vitest'
import { ACTIVE_RUN, isEnd, mayGo, RUN_STATUSES } from './run-status.ts'

const STEPS = [
  'preparing>ready',
  'preparing>running',
  'preparing>aborted',
  'ready>running',
  'ready>aborted',
  'running>analyzing',
  'running>completed',
  'running>failed',
  'running>aborted',
  'analyzing>completed',
  'analyzing>failed',
  'analyzing>aborted',
]

it('these steps are allowed and no others', () => {
  const pairs = RUN_STATUSES.flatMap((from) => RUN_STATUSES.map((to) => [from, to] as const))
  const allowed = pairs.filter(([from, to]) => mayGo(from, to)).map(([from, to]) => `${from}>${to}`)
  expect(allowed.toSorted()).toEqual(STEPS.toSorted())
})

it('what has no next step has ended', () => {
  expect(RUN_STATUSES.filter(isEnd)).toEqual(['completed', 'failed', 'aborted'])
  expect(ACTIVE_RUN).toBe("'preparing', 'ready', 'running', 'analyzing'")
})
