// The transaction service's settings, under the names its documents use.
import { callerSettings, type CallerSettings } from '../kit/caller.ts'
import { commonSettings, databaseSettings, type CommonSettings, type DatabaseSettings } from '../kit/common-settings.ts'
import { outboxSettings, type OutboxSettings } from '../kit/outbox.ts'
import { address, duration, number, text, type Shape } from '../kit/settings.ts'

/** All settings of the transaction service; times in ms unless the name says otherwise. */
export interface TransactionSettings extends CommonSettings, DatabaseSettings, CallerSettings, OutboxSettings {
  readonly sampleUrl: string
  readonly storageUrl: string
  readonly notificationUrl: string
  /** Who runs the sagas; two processes at once need different names. */
  readonly runnerName: string
  readonly maxSagas: number
  readonly defaultTimeout: number
  readonly createSample: number
  readonly validateSample: number
  readonly assignStorage: number
  readonly sendNotification: number
  /** After this time a request is answered with what is known, and its saga goes on. */
  readonly answerWithin: number
  readonly compensationMaxPause: number
  readonly cleanupAfterHours: number
}

/** How each setting is read; the defaults are the documented numbers. */
export const transactionShape: Shape<TransactionSettings> = {
  ...commonSettings('transaction', 8088, '3s'),
  ...databaseSettings(20),
  ...callerSettings('transaction'),
  ...outboxSettings('transaction'),
  sampleUrl: address('SAMPLE_SERVICE_URL', ['http']),
  storageUrl: address('STORAGE_SERVICE_URL', ['http']),
  notificationUrl: address('NOTIFICATION_SERVICE_URL', ['http']),
  runnerName: text('RUNNER_NAME', { fallback: 'transaction' }),
  maxSagas: number('MAX_CONCURRENT_SAGAS', { fallback: 100, min: 1, max: 10_000 }),
  defaultTimeout: number('DEFAULT_TIMEOUT_MS', { fallback: 300_000, min: 1, max: 86_400_000 }),
  createSample: duration('CREATE_SAMPLE_TIMEOUT', '10s'),
  validateSample: duration('VALIDATE_SAMPLE_TIMEOUT', '30s'),
  assignStorage: duration('ASSIGN_STORAGE_TIMEOUT', '15s'),
  sendNotification: duration('SEND_NOTIFICATION_TIMEOUT', '30s'),
  answerWithin: duration('ANSWER_WITHIN', '25s'),
  compensationMaxPause: duration('COMPENSATION_MAX_PAUSE', '10s'),
  cleanupAfterHours: number('CLEANUP_AFTER_HOURS', { fallback: 24, min: 0.001 }),
}
