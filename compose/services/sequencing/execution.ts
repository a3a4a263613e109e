// The steps of a running workflow: one after the other, and what the whole comes to.
import type { WorkflowStep } from './workflow-draft.ts'

/** A step of an execution. */
export interface ExecutionStep {
  readonly name: string
  readonly step_type: string
  readonly status: 'pending' | 'running' | 'completed' | 'failed' | 'skipped'
  readonly error_message: string | null
}

/** What an execution has come to. */
export type ExecutionStatus = 'running' | 'completed' | 'failed'

/** The steps of a new execution: the first one runs. */
export function firstSteps(steps: readonly WorkflowStep[]): readonly ExecutionStep[] {
  return steps.map(({ name, step_type }, index) => {
    return { name, step_type, status: index === 0 ? 'running' : 'pending', error_message: null }
  })
}

/** How a step ended. */
export interface StepEnd {
  readonly name: string
  readonly status: 'completed' | 'failed' | 'skipped'
  readonly error_message: string | null
}

/** The steps when the running one has ended: the next one runs, unless it failed. Undefined when it is not running. */
export function endStep(steps: readonly ExecutionStep[], end: StepEnd): readonly ExecutionStep[] | undefined {
  const at = steps.findIndex(({ name, status }) => name === end.name && status === 'running')
  if (at < 0) return undefined
  return steps.map((step, index) => {
    if (index === at) return { ...step, status: end.status, error_message: end.error_message }
    return index === at + 1 && end.status !== 'failed' ? { ...step, status: 'running' } : step
  })
}

/** What steps come to. */
export function statusOf(steps: readonly ExecutionStep[]): ExecutionStatus {
  if (steps.some(({ status }) => status === 'failed')) return 'failed'
  return steps.every(({ status }) => ['completed', 'skipped'].includes(status)) ? 'completed' : 'running'
}

/** How far an execution has come. */
export function progressOf(steps: readonly ExecutionStep[]): object {
  const count = (wanted: string): number => steps.filter(({ status }) => status === wanted).length
  const done = count('completed') + count('skipped')
  return {
    total_steps: steps.length,
    completed_steps: done,
    failed_steps: count('failed'),
    progress_percentage: Math.round((done / steps.length) * 100),
  }
}
