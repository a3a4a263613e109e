// Begins a saga for a request and waits for its end, but not longer than a client would.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { jsonBody, type JsonObject } from '../kit/fields.ts'
import { Refusal } from '../kit/refusal.ts'
import { readTransaction } from './requests.ts'
import type { Saga, WorkflowName } from './saga.ts'
import { isEnd } from './status.ts'
import { atMost } from './stoppable.ts'
import type { SagaWish } from './store.ts'
import { sagaById } from './view.ts'
import type { TransactionWorld } from './world.ts'

/** A request and the answer to it. */
export interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Runs the workflow; 200 with the saga at its end, 202 with the saga as it is when that takes longer. */
export async function runWorkflow(
  world: TransactionWorld,
  workflow: WorkflowName,
  { request, reply, input }: Exchange & { readonly input: JsonObject },
): Promise<Saga> {
  const steps = world.workflows[workflow].map(({ name }) => name)
  const { defaultTimeout, answerWithin, defects } = world.settings
  const caller = world.callerOf(request)
  const endless = defects.has('saga-never-times-out')
  const wish = readTransaction(jsonBody(request), { workflow, steps, input, caller, defaultTimeout, endless })
  const { done } = await submit(world, wish, reply)
  const saga = (await atMost(answerWithin, done)) ?? (await sagaById(world.database, wish.id))
  reply.status(isEnd(saga.status) ? 200 : 202)
  return saga
}

async function submit(world: TransactionWorld, wish: SagaWish, reply: FastifyReply) {
  try {
    return await world.coordinator.submit(wish)
  } catch (error) {
    if (error instanceof Refusal && error.status === 503) reply.header('retry-after', 1)
    throw error
  }
}
