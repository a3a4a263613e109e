// Reads what a client wants of workflows and their executions.
import { jsonObject, type JsonObject } from '../kit/fields.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import { platformNamed, PLATFORMS, RUN_TYPES, type Platform, type RunType } from './platforms.ts'
import { refuse } from './refusals.ts'

/** One step of a workflow. */
export interface WorkflowStep {
  readonly name: string
  readonly step_type: string
  readonly description: string | null
  readonly parameters: JsonObject | null
}

/** A workflow to be created. */
export interface WorkflowDraft {
  readonly name: string
  readonly description: string | null
  readonly workflow_type: RunType
  readonly platform_ids: readonly Platform[]
  readonly steps: readonly WorkflowStep[]
  readonly default_parameters: JsonObject | null
  readonly estimated_duration_hours: number | null
}

const MAX_STEPS = 50

/** Reads a workflow; without a platform it is for all of them. */
export function readWorkflow(body: JsonObject): WorkflowDraft {
  const fields = typedFieldsOf(body)
  const name = fields.text('name', { min: 1, max: 255 })
  const workflow_type = fields.word('workflow_type', RUN_TYPES)
  const platform = fields.optionalText('platform')
  const list = fields.list('steps')
  if (list.length === 0 || list.length > MAX_STEPS) fields.problem(`steps must be 1 to ${MAX_STEPS}`)
  const draft = {
    name,
    workflow_type,
    description: fields.optionalText('description'),
    default_parameters: fields.optionalObject('parameters'),
    estimated_duration_hours: fields.optionalNumber('estimated_duration_hours', { min: 0, max: 10_000 }),
  }
  fields.done('validation')
  const platform_ids = platform === null ? PLATFORMS : [platformNamed(platform)]
  return { ...draft, platform_ids, steps: stepsIn(list) }
}

function stepsIn(list: readonly unknown[]): readonly WorkflowStep[] {
  const steps = list.map((item) => {
    const fields = typedFieldsOf(jsonObject(item))
    const name = fields.text('name', { min: 1, max: 100 })
    const step_type = fields.text('step_type', { min: 1, max: 100 })
    const step = {
      name,
      step_type,
      description: fields.optionalText('description'),
      parameters: fields.optionalObject('parameters'),
    }
    fields.done('validation')
    return step
  })
  if (new Set(steps.map(({ name }) => name)).size < steps.length) {
    throw refuse('validation', 'Workflow validation error: two steps have the same name')
  }
  return steps
}

/** An execution to be started. */
export interface ExecutionDraft {
  readonly job_id: string | null
  readonly parameters: JsonObject | null
}

/** Reads an execution. */
export function readExecution(body: JsonObject): ExecutionDraft {
  const fields = typedFieldsOf(body)
  const draft = { job_id: fields.optionalUuid('job_id'), parameters: fields.optionalObject('parameters') }
  fields.done('validation')
  return draft
}

/** How a step of an execution can end. */
export const STEP_ENDS = ['completed', 'failed', 'skipped'] as const

/** Reads how a step ended. */
export function readStepEnd(body: JsonObject): { status: (typeof STEP_ENDS)[number]; error_message: string | null } {
  const fields = typedFieldsOf(body)
  const status = fields.word('status', STEP_ENDS)
  const error_message = fields.optionalText('error_message', { max: 1000 })
  fields.done('validation')
  return { status, error_message }
}
