// Workflows: create, list, read, execute, and the steps of what is executed.
import type { FastifyInstance } from 'fastify'
import { jsonBody, uuidParam } from '../kit/fields.ts'
import { pageOf, queryOf } from '../kit/query.ts'
import { progressOf } from './execution.ts'
import { PLATFORMS, RUN_TYPES } from './platforms.ts'
import { readExecution, readStepEnd, readWorkflow } from './workflow-draft.ts'
import {
  advanceExecution,
  createWorkflow,
  executionById,
  listWorkflows,
  recentExecutions,
  startExecution,
  workflowById,
  type ExecutionRow,
} from './workflow-store.ts'
import { PAGES, pagination, type SequencingWorld } from './world.ts'

interface WorkflowPath {
  readonly Params: { readonly workflow_id: string }
}

/** The routes under /workflows; a workflow's id is a text, as jobs name it. */
export function workflowRoutes(app: FastifyInstance, world: SequencingWorld): void {
  const { query } = world.database
  app.post('/workflows', async (request) => {
    const data = await createWorkflow(world, readWorkflow(jsonBody(request)), world.callerOf(request).userId)
    return { success: true, data, message: 'Workflow created successfully' }
  })
  app.get('/workflows', async (request) => {
    const wish = queryOf(request, 'validation')
    const page = pageOf(wish, PAGES)
    const kind = { type: wish.word('workflow_type', RUN_TYPES), platform: wish.word('platform', PLATFORMS) }
    const [workflows, total] = await listWorkflows(query, { ...kind, active: wish.flag('is_active') }, page)
    return { success: true, data: { workflows, pagination: pagination(total, page) } }
  })
  app.get<WorkflowPath>('/workflows/:workflow_id', async ({ params }) => {
    const workflow = await workflowById(query, params.workflow_id)
    const executions = await recentExecutions(query, workflow.id)
    return { success: true, data: { workflow, recent_executions: executions, execution_count: executions.length } }
  })
  executionRoutes(app, world)
}

function executionRoutes(app: FastifyInstance, world: SequencingWorld): void {
  const { query } = world.database
  app.post<WorkflowPath>('/workflows/:workflow_id/execute', async (request) => {
    const draft = readExecution(jsonBody(request))
    const workflow = await workflowById(query, request.params.workflow_id)
    const execution = await startExecution(world, workflow, { ...draft, by: world.callerOf(request).userId })
    const data = { execution, workflow, steps_initialized: workflow.steps.length }
    return { success: true, data, message: 'Workflow execution started successfully' }
  })
  app.get('/workflows/executions/:id', async (request) => {
    return { success: true, data: viewOf(await executionById(query, uuidParam(request))) }
  })
  app.put<{ Params: { step: string } }>('/workflows/executions/:id/steps/:step', async (request) => {
    const end = { name: request.params.step, ...readStepEnd(jsonBody(request)) }
    const execution = await advanceExecution(world, uuidParam(request), end)
    return { success: true, data: viewOf(execution), message: 'Step status updated successfully' }
  })
}

function viewOf({ steps, ...execution }: ExecutionRow): object {
  return { execution, steps, progress: progressOf(steps) }
}
