// The workflows, by the name a saga carries in the database.
import { randomUUID } from 'node:crypto'
import type { Defect } from '../kit/defects.ts'
import { sendNotification } from './notification-step.ts'
import type { WorkflowName } from './saga.ts'
import { createSample, validateSample } from './sample-steps.ts'
import { assignStorage } from './storage-step.ts'
import type { Errand, Step } from './workflow.ts'

/** The steps of each workflow. */
export type Workflows = Readonly<Record<WorkflowName, readonly Step[]>>

/** Documented as steps that always succeed and ask nobody. */
const ENHANCED: readonly Step[] = [
  { name: 'sample_preparation', timeout: 30_000, run: async () => ({ prepared_sample: true }) },
  { name: 'processing', timeout: 30_000, run: async () => ({ processed_sample: true }) },
]

/** How long (ms) all attempts of a step may take together. */
export interface StepTimes {
  readonly createSample: number
  readonly validateSample: number
  readonly assignStorage: number
  readonly sendNotification: number
}

/** A generic transaction has no steps; it is done as soon as it is written down. */
export function createWorkflows(times: StepTimes, defects: ReadonlySet<Defect>): Workflows {
  const submission: readonly Step[] = [
    { ...createSample, timeout: times.createSample },
    { ...validateSample, timeout: times.validateSample },
    { ...assignStorage, timeout: times.assignStorage },
    { ...sendNotification, timeout: times.sendNotification },
  ]
  const usesRandomIds = defects.has('saga-uses-random-ids')
  return {
    generic: [],
    'sample-submission': usesRandomIds ? submission.map(withRandomIds) : submission,
    enhanced: ENHANCED,
  }
}

/** The shipped defect: no step and no compensation knows the sample that was created. */
function withRandomIds(step: Step): Step {
  const { undo } = step
  return {
    ...step,
    run: (errand) => step.run(withRandomId(errand)),
    undo: undo && { ...undo, run: (errand) => undo.run(withRandomId(errand)) },
  }
}

function withRandomId({ saga, ask }: Errand): Errand {
  return { ask, saga: { ...saga, context: { ...saga.context, sample_id: randomUUID() } } }
}
