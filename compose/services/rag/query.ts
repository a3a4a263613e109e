// Answers questions about the laboratory from its documents, each within a conversation.
import type { FastifyInstance } from 'fastify'
import { fieldsOf, jsonBody } from '../kit/fields.ts'
import { earlierQuestions, remember, type Session } from './conversation.ts'
import type { ModelAnswer } from './model-answers.ts'
import { ModelRefused, ModelUnavailable, type ModelQuestion } from './model.ts'
import { refuse } from './refusals.ts'
import { findPassages } from './retrieval.ts'
import type { RagRoutesWorld } from './world.ts'

/** POST /api/samples/rag/query. */
export function queryRoutes(app: FastifyInstance, world: RagRoutesWorld): void {
  app.post('/api/samples/rag/query', async (request) => {
    const fields = fieldsOf(jsonBody(request))
    const query = fields.text('query', { min: 1, max: 2000 })
    const sessionId = fields.optionalText('session_id', { min: 1, max: 100 }) ?? 'default'
    fields.done('validation_error')
    const started = performance.now()
    const session: Session = { userId: world.callerOf(request).userId, sessionId }
    const { answer, confidence, sources } = await answerQuestion(world, query, session)
    await remember(world, session, { query, answer })
    const processing_time = Math.round(performance.now() - started) / 1000
    return { answer, session_id: sessionId, confidence_score: confidence, processing_time, sources }
  })
}

async function answerQuestion(world: RagRoutesWorld, question: string, session: Session) {
  const history = await earlierQuestions(world, session)
  const found = await findPassages(world, [question, ...history].join(' '))
  const passages = found.map(({ title, text }) => ({ title, text }))
  const { answer, confidence, used } = await ask(world, { question, history, passages })
  const sources = found.filter((_, index) => used.includes(index)).map(({ title, relevance }) => ({ title, relevance }))
  return { answer, confidence, sources }
}

async function ask({ model, metrics }: RagRoutesWorld, question: ModelQuestion): Promise<ModelAnswer> {
  try {
    return await model.answer(question)
  } catch (error) {
    if (error instanceof ModelRefused) throw refuse('validation_error', error.message)
    if (!(error instanceof ModelUnavailable)) throw error
    if (error.timeout) metrics.timedOut()
    throw refuse(error.timeout ? 'model_timeout' : 'model_unavailable', error.message)
  }
}
