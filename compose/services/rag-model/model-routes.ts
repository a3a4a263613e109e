// The two questions a model answers: what a document says, and what its passages say about a question.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { fieldsOf, jsonBody, jsonObject, type Fields } from '../kit/fields.ts'
import { answer, type Passage } from './answer.ts'
import { extract } from './extract.ts'
import { precisionRoute, type Precision } from './precision.ts'
import { refuse } from './refusals.ts'
import type { RagModelSettings } from './settings.ts'
import { tokens } from './words.ts'

/** So many passages and earlier questions are read at most. */
const MAX_ITEMS = 20

/** POST /v1/extract and /v1/answer, and PUT /v1/precision. */
export function modelRoutes(app: FastifyInstance, settings: RagModelSettings): void {
  extractRoute(app, settings, precisionRoute(app, settings))
  answerRoute(app, settings)
}

function extractRoute(app: FastifyInstance, settings: RagModelSettings, precision: Precision): void {
  app.post('/v1/extract', async (request) => {
    const fields = wanted(request, settings)
    const text = fields.text('text', { max: settings.context })
    fields.done('invalid_request')
    const found = precision.applied(extract(text))
    const spoken = found.fields.map(({ value }) => value).join(' ')
    return { model: settings.modelName, ...found, usage: usage(text, spoken) }
  })
}

function answerRoute(app: FastifyInstance, settings: RagModelSettings): void {
  app.post('/v1/answer', async (request) => {
    const fields = wanted(request, settings)
    const question = fields.text('question', { max: settings.context })
    const history = fields.list('history').slice(-MAX_ITEMS).map(String)
    const passages = fields.list('passages').slice(0, MAX_ITEMS).map(readPassage)
    fields.done('invalid_request')
    const read = [question, ...history, ...passages.map(({ text }) => text)].join('\n')
    checkLength(read, settings)
    const found = answer({ question, history, passages })
    return { model: settings.modelName, ...found, usage: usage(read, found.answer) }
  })
}

/** The fields of a request for the one model there is. */
function wanted(request: FastifyRequest, { modelName, context }: RagModelSettings): Fields {
  const body = jsonBody(request)
  const fields = fieldsOf(body)
  const model = fields.text('model')
  if (model !== modelName) throw refuse('model_not_found', `Model '${model.slice(0, 60)}' is not served here`)
  if (typeof body.text === 'string') checkLength(body.text, { context })
  return fields
}

function checkLength(text: string, { context }: Pick<RagModelSettings, 'context'>): void {
  if (text.length <= context) return
  throw refuse('context_length_exceeded', `At most ${context} characters can be read at once, not ${text.length}`)
}

function readPassage(value: unknown): Passage {
  const fields = fieldsOf(jsonObject(value))
  return { title: fields.text('title'), text: fields.text('text', { max: Infinity }) }
}

function usage(read: string, written: string): object {
  const prompt = tokens(read)
  const completion = tokens(written)
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion }
}
