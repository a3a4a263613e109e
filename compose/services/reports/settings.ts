// The reports service's settings.
import { callerSettings, type CallerSettings } from '../kit/caller.ts'
import { commonSettings, databaseSettings, type CommonSettings, type DatabaseSettings } from '../kit/common-settings.ts'
import { outboxSettings, type OutboxSettings } from '../kit/outbox.ts'
import { address, duration, number, type Shape } from '../kit/settings.ts'

/** Where data for reports comes from; times in ms. */
export interface SourceSettings {
  readonly sampleUrl: string
  readonly storageUrl: string
  readonly qaqcUrl: string
  readonly sourceTimeout: number
}

/** All settings of the reports service; times in ms. */
export interface ReportsSettings
  extends CommonSettings, DatabaseSettings, CallerSettings, OutboxSettings, SourceSettings {
  /** So many reports may wait to be made; more are refused. */
  readonly queueLimit: number
  /** So many of those that wait are made at once. */
  readonly workers: number
  /** A report that could not be made for so long has failed. */
  readonly generationLife: number
}

/** How each setting is read. */
export const reportsShape: Shape<ReportsSettings> = {
  ...commonSettings('reports', 8000),
  ...databaseSettings(5),
  ...callerSettings('reports'),
  ...outboxSettings('reports'),
  sampleUrl: address('SAMPLE_SERVICE_URL', ['http']),
  storageUrl: address('STORAGE_SERVICE_URL', ['http']),
  qaqcUrl: address('QAQC_SERVICE_URL', ['http']),
  sourceTimeout: duration('SOURCE_TIMEOUT', '10s'),
  queueLimit: number('REPORT_QUEUE_LIMIT', { fallback: 1000, min: 1 }),
  workers: number('REPORT_WORKERS', { fallback: 2, min: 1, max: 32 }),
  generationLife: duration('GENERATION_LIFE', '1h'),
}
