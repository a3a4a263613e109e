// Puts questions to the model back-end: so many at once, each with a deadline, and remembers whether it is there.
import { call, HttpCallError, type HttpAnswer } from '../kit/http-call.ts'
import { readAnswer, readExtraction, readJson, tokensUsed } from './model-answers.ts'
import type { ModelAnswer, ModelExtraction } from './model-answers.ts'
import type { RagMetrics } from './rag-metrics.ts'
import type { ModelSettings } from './settings.ts'

/** Thrown when the model gave no answer; another try may bring one. */
export class ModelUnavailable extends Error {
  readonly timeout: boolean

  constructor(message: string, { timeout = false, cause }: { timeout?: boolean; cause?: unknown } = {}) {
    super(message, { cause })
    this.name = 'ModelUnavailable'
    this.timeout = timeout
  }
}

/** Thrown when the model will never answer this question. */
export class ModelRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ModelRefused'
  }
}

/** A question, the earlier ones of its conversation, and what it may be answered from. */
export interface ModelQuestion {
  readonly question: string
  readonly history: readonly string[]
  readonly passages: readonly { readonly title: string; readonly text: string }[]
}

/** The model back-end. */
export interface Model {
  extract(text: string): Promise<ModelExtraction>
  answer(question: ModelQuestion): Promise<ModelAnswer>
  /** True when it has just been found away, or has its hands full: what can wait should. */
  hindered(): boolean
}

/** Opens the model; `serviceKey` is shown to it. */
export function openModel(settings: ModelSettings & { readonly serviceKey: string }, metrics: RagMetrics): Model {
  const state = { inFlight: 0, away: false }
  const ask = async <T>(path: string, body: object, read: Read<T>): Promise<T> => {
    if (state.inFlight >= settings.modelConcurrency) throw new ModelUnavailable('the model has its hands full')
    state.inFlight += 1
    metrics.asked()
    const started = performance.now()
    try {
      const answer = understand(await post(settings, path, body), read, metrics)
      state.away = false
      return answer
    } catch (error) {
      state.away = error instanceof ModelUnavailable
      throw error
    } finally {
      state.inFlight -= 1
      metrics.inferred((performance.now() - started) / 1000)
    }
  }
  return {
    extract: (text) => ask('extract', { text: text.slice(0, settings.modelContext) }, readExtraction),
    answer: (question) => ask('answer', fitting(question, settings.modelContext), readAnswer),
    hindered: () => state.away || state.inFlight >= settings.modelConcurrency,
  }
}

type Read<T> = (json: Readonly<Record<string, unknown>>) => T | undefined

async function post(
  settings: ModelSettings & { readonly serviceKey: string },
  path: string,
  body: object,
): Promise<HttpAnswer> {
  try {
    return await call({
      peer: 'rag-model',
      method: 'POST',
      url: `${settings.modelUrl}/v1/${path}`,
      deadline: settings.modelTimeout,
      headers: { 'content-type': 'application/json', authorization: `Service ${settings.serviceKey}` },
      body: JSON.stringify({ model: settings.modelName, ...body }),
    })
  } catch (error) {
    if (!(error instanceof HttpCallError)) throw error
    throw new ModelUnavailable(error.message, { timeout: error.failure === 'timeout', cause: error })
  }
}

/** What cannot be mended by asking again: the question's form or size. */
const DEFINITE = [400, 413, 422]

function understand<T>({ status, body }: HttpAnswer, read: Read<T>, metrics: RagMetrics): T {
  if (DEFINITE.includes(status)) throw new ModelRefused(`the model refused with status ${status}`)
  if (status !== 200) throw new ModelUnavailable(`the model answered with status ${status}`)
  const json = readJson(body.toString('utf8'))
  const answer = json && read(json)
  if (json === undefined || answer === undefined) throw new ModelUnavailable('the answer of the model cannot be read')
  metrics.used(tokensUsed(json))
  return answer
}

/** As many passages, best first, as the model can read together with the question and what led to it. */
function fitting({ question, history, passages }: ModelQuestion, context: number): ModelQuestion {
  let room = context - [question, ...history].join('\n').length
  const read = passages.filter(({ text }) => {
    room -= text.length + 1
    return room >= 0
  })
  return { question, history, passages: read }
}
