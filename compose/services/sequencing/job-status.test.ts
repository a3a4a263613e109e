// Job states: the whole table, step by step.
import { expect, it } from 'vitest'
import { isActive, isOver, JOB_STATUSES, mayGo, progressOf } from './job-status.ts'

const STEPS = [
  'draft>submitted',
  'submitted>validated',
  'submitted>cancelled',
  'validated>queued',
  'validated>on_hold',
  'validated>cancelled',
  'queued>running',
  'queued>on_hold',
  'queued>cancelled',
  'running>completed',
  'running>failed',
  'running>cancelled',
  'on_hold>queued',
  'on_hold>cancelled',
  'failed>queued',
  'failed>cancelled',
]

it('these steps are allowed and no others', () => {
  const pairs = JOB_STATUSES.flatMap((from) => JOB_STATUSES.map((to) => [from, to] as const))
  const allowed = pairs.filter(([from, to]) => mayGo(from, to)).map(([from, to]) => `${from}>${to}`)
  expect(allowed.toSorted()).toEqual(STEPS.toSorted())
})

it('jobs are active, over, or neither', () => {
  expect(JOB_STATUSES.filter(isActive)).toEqual(['queued', 'running'])
  expect(JOB_STATUSES.filter(isOver)).toEqual(['completed', 'failed', 'cancelled'])
  expect(progressOf('completed')).toBe(100)
})
