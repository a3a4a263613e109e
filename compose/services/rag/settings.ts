// The RAG service's settings.
import { callerSettings, type CallerSettings } from '../kit/caller.ts'
import { commonSettings, databaseSettings, type CommonSettings, type DatabaseSettings } from '../kit/common-settings.ts'
import { outboxSettings, type OutboxSettings } from '../kit/outbox.ts'
import { address, duration, number, text, type Shape } from '../kit/settings.ts'

/** Settings of the model back-end; times in ms. */
export interface ModelSettings {
  readonly modelUrl: string
  readonly modelName: string
  readonly modelTimeout: number
  /** So many questions at once are put to the model. */
  readonly modelConcurrency: number
  /** The longest text (characters) the model reads at once. */
  readonly modelContext: number
}

/** All settings of the RAG service; times in ms. */
export interface RagSettings extends CommonSettings, DatabaseSettings, CallerSettings, OutboxSettings, ModelSettings {
  /** So many documents may wait for the model; more are refused. */
  readonly queueLimit: number
  /** So many of those that wait are processed at once. */
  readonly workers: number
  /** A document that could not be processed for so long has failed. */
  readonly processingLife: number
  readonly accuracyEvery: number
}

/** How each setting is read. */
export const ragShape: Shape<RagSettings> = {
  ...commonSettings('rag', 8086),
  ...databaseSettings(5),
  ...callerSettings('rag'),
  ...outboxSettings('rag'),
  modelUrl: address('MODEL_URL', ['http']),
  modelName: text('MODEL_NAME', { fallback: 'tracseq-lab-1' }),
  modelTimeout: duration('MODEL_TIMEOUT', '10s'),
  modelConcurrency: number('MODEL_CONCURRENCY', { fallback: 16, min: 1, max: 256 }),
  modelContext: number('MODEL_CONTEXT', { fallback: 32_000, min: 1 }),
  queueLimit: number('RAG_QUEUE_LIMIT', { fallback: 1000, min: 1 }),
  workers: number('RAG_WORKERS', { fallback: 4, min: 1, max: 64 }),
  processingLife: duration('PROCESSING_LIFE', '24h'),
  accuracyEvery: duration('ACCURACY_EVERY', '5m'),
}
