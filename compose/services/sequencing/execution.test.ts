// Executions: step by step to the end, or to the first failure.
import { expect, it } from 'vitest'
import { endStep, firstSteps, progressOf, statusOf, type StepEnd } from './execution.ts'

const WORKFLOW = ['a', 'b', 'c'].map((name) => ({ name, step_type: 'x', description: null, parameters: null }))
const START = firstSteps(WORKFLOW)

function after(...ends: readonly [string, StepEnd['status']][]) {
  let steps = START
  for (const [name, status] of ends) steps = endStep(steps, { name, status, error_message: null }) ?? steps
  return steps
}

it('the first step runs, the others wait', () => {
  expect(START.map(({ status }) => status)).toEqual(['running', 'pending', 'pending'])
  expect([statusOf(START), progressOf(START)]).toMatchObject(['running', { total_steps: 3, progress_percentage: 0 }])
})

it('one step follows the other to the end', () => {
  const steps = after(['a', 'completed'], ['b', 'skipped'])
  expect(steps.map(({ status }) => status)).toEqual(['completed', 'skipped', 'running'])
  expect(progressOf(steps)).toMatchObject({ completed_steps: 2, progress_percentage: 67 })
  expect(statusOf(after(['a', 'completed'], ['b', 'skipped'], ['c', 'completed']))).toBe('completed')
})

it('a failure is the end', () => {
  const steps = after(['a', 'completed'], ['b', 'failed'])
  expect(steps.map(({ status }) => status)).toEqual(['completed', 'failed', 'pending'])
  expect([statusOf(steps), progressOf(steps)]).toMatchObject(['failed', { failed_steps: 1 }])
})

it.each(['b', 'none'])('%s is not running and cannot end', (name) => {
  expect(endStep(START, { name, status: 'completed', error_message: null })).toBeUndefined()
})
