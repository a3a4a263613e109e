// Transactions as such: begin one, look at them, cancel one. Looking never waits for a saga.
import type { FastifyInstance } from 'fastify'
import { jsonBody, uuidParam } from '../kit/fields.ts'
import { runWorkflow } from './begin.ts'
import { figures } from './figures.ts'
import { refuse } from './refusals.ts'
import { readSubmission } from './requests.ts'
import { fullStatus, listSagas, resultOf, sagaById } from './view.ts'
import type { TransactionWorld } from './world.ts'

const CANCEL = `update transaction.sagas set cancel_requested = true, updated_at = now()
where id = $1 and status in ('Created', 'Executing') returning status`

/** The routes under /api/v1/transactions, the sample submission and the coordinator's figures. */
export function transactionRoutes(app: FastifyInstance, world: TransactionWorld): void {
  const { database, coordinator, settings } = world
  const blocks = settings.defects.has('saga-status-blocks')
  app.post('/api/v1/transactions', async (request, reply) => {
    return resultOf(await runWorkflow(world, 'generic', { request, reply, input: {} }))
  })
  app.post('/api/v1/workflows/sample-submission', async (request, reply) => {
    const input = readSubmission(jsonBody(request))
    return resultOf(await runWorkflow(world, 'sample-submission', { request, reply, input }))
  })
  app.get('/api/v1/transactions', async (request) => {
    if (blocks) await coordinator.quiet()
    return listSagas(database, request)
  })
  app.get('/api/v1/transactions/:saga_id', async (request) => {
    const id = uuidParam(request, 'saga_id')
    if (blocks) await coordinator.quiet(id)
    return fullStatus(database, id)
  })
  app.delete('/api/v1/transactions/:saga_id', async (request) => {
    const id = uuidParam(request, 'saga_id')
    const [cancelled] = await database.query(CANCEL, [id])
    if (cancelled !== undefined) return { message: 'Transaction cancelled successfully', saga_id: id }
    const { status } = await sagaById(database, id)
    throw refuse('not_cancellable', `A transaction that is ${status} cannot be cancelled`)
  })
  app.get('/api/v1/metrics/coordinator', () => figures(database))
}
