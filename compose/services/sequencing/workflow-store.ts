// Reads and writes workflows and their executions.
import { randomUUID } from 'node:crypto'
import type { Query } from '../kit/database.ts'
import type { Page } from '../kit/query.ts'
import { endStep, firstSteps, statusOf, type ExecutionStep, type StepEnd } from './execution.ts'
import { jobById } from './job-store.ts'
import { refuse } from './refusals.ts'
import type { ExecutionDraft, WorkflowDraft, WorkflowStep } from './workflow-draft.ts'
import type { SequencingWorld } from './world.ts'

/** A row of sequencing.workflows, which is also its JSON form. */
export interface WorkflowRow {
  readonly id: string
  readonly steps: readonly WorkflowStep[]
}

/** A row of sequencing.workflow_executions, which is also its JSON form. */
export interface ExecutionRow {
  readonly id: string
  readonly workflow_id: string
  readonly status: string
  readonly steps: readonly ExecutionStep[]
}

const INSERT = `insert into sequencing.workflows
  (id, name, description, workflow_type, platform_ids, steps, default_parameters, estimated_duration_hours, created_by)
values ($1, $2, $3, $4, $5, $6, coalesce($7::jsonb, '{}'), coalesce($8, 24), $9) returning *`

/** Stores a new workflow. */
export async function createWorkflow(
  { database }: SequencingWorld,
  draft: WorkflowDraft,
  by: string,
): Promise<WorkflowRow> {
  const { name, description, workflow_type, platform_ids, steps, default_parameters, estimated_duration_hours } = draft
  const kind = [workflow_type, platform_ids, JSON.stringify(steps)]
  const values = [randomUUID(), name, description, ...kind, default_parameters, estimated_duration_hours, by]
  const [row] = await database.query<WorkflowRow>(INSERT, values)
  if (row === undefined) throw new Error('the insert returned no row')
  return row
}

/** The workflow with an id. */
export async function workflowById(query: Query, id: string): Promise<WorkflowRow> {
  const [row] = await query<WorkflowRow>('select * from sequencing.workflows where id = $1', [id])
  if (row === undefined) throw refuse('not_found', `Workflow not found: ${id.slice(0, 100)}`)
  return row
}

/** Each filter may be null. */
export interface WorkflowWish {
  readonly type: string | null
  readonly platform: string | null
  readonly active: boolean | null
}

const FILTERS = `where ($1::text is null or workflow_type = $1) and ($2::text is null or $2 = any(platform_ids))
  and ($3::boolean is null or is_active = $3)`

/** One page of workflows, newest first, and how many there are. */
export async function listWorkflows(query: Query, wish: WorkflowWish, page: Page): Promise<[WorkflowRow[], number]> {
  const filters = [wish.type, wish.platform, wish.active]
  const [count] = await query<{ total: number }>(
    `select count(*)::int as total from sequencing.workflows ${FILTERS}`,
    filters,
  )
  const sql = `select * from sequencing.workflows ${FILTERS} order by created_at desc, id limit $4 offset $5`
  return [await query<WorkflowRow>(sql, [...filters, page.size, page.offset]), count?.total ?? 0]
}

/** The latest executions of a workflow. */
export function recentExecutions(query: Query, id: string): Promise<ExecutionRow[]> {
  const sql =
    'select * from sequencing.workflow_executions where workflow_id = $1 order by started_at desc, id limit 10'
  return query<ExecutionRow>(sql, [id])
}

const EXECUTE = `insert into sequencing.workflow_executions (workflow_id, job_id, parameters, steps, created_by)
select id, $2::uuid, coalesce($3::jsonb, default_parameters), $4::jsonb, $5
from sequencing.workflows where id = $1 and is_active returning *`

/** Starts an execution; its first step runs. */
export async function startExecution(
  { database: { query } }: SequencingWorld,
  workflow: WorkflowRow,
  { job_id, parameters, by }: ExecutionDraft & { by: string },
): Promise<ExecutionRow> {
  if (job_id !== null) await jobById(query, job_id)
  const steps = JSON.stringify(firstSteps(workflow.steps))
  const [row] = await query<ExecutionRow>(EXECUTE, [workflow.id, job_id, parameters, steps, by])
  if (row === undefined) throw refuse('not_found', `Workflow not found: ${workflow.id} is not in use`)
  return row
}

/** The execution with an id. */
export async function executionById(query: Query, id: string): Promise<ExecutionRow> {
  const [row] = await query<ExecutionRow>('select * from sequencing.workflow_executions where id = $1', [id])
  return row ?? executionNotFound(id)
}

const LOCK = 'select * from sequencing.workflow_executions where id = $1 for update'
const ADVANCE = `update sequencing.workflow_executions set steps = $2, status = $3::text,
  completed_at = case when $3::text = 'running' then null else now() end
where id = $1 returning *`

/** Ends the running step of an execution; the next one runs. */
export function advanceExecution({ database }: SequencingWorld, id: string, end: StepEnd): Promise<ExecutionRow> {
  return database.transaction(async (query) => {
    const [execution] = await query<ExecutionRow>(LOCK, [id])
    if (execution === undefined) return executionNotFound(id)
    const { steps } = execution
    if (!steps.some(({ name }) => name === end.name))
      throw refuse('not_found', `Step not found: ${end.name.slice(0, 100)}`)
    const next = endStep(steps, end)
    if (next === undefined) throw refuse('invalid_operation', `Invalid operation: the step ${end.name} is not running`)
    const [row] = await query<ExecutionRow>(ADVANCE, [id, JSON.stringify(next), statusOf(next)])
    return row ?? executionNotFound(id)
  })
}

function executionNotFound(id: string): never {
  throw refuse('not_found', `Execution not found: ${id}`)
}
