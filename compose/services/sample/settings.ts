// The sample service's settings, under the names its documents use.
import { callerSettings, type CallerSettings } from '../kit/caller.ts'
import { commonSettings, databaseSettings, type CommonSettings, type DatabaseSettings } from '../kit/common-settings.ts'
import { outboxSettings, type OutboxSettings } from '../kit/outbox.ts'
import { duration, number, text, type Shape } from '../kit/settings.ts'

/** All settings of the sample service; times in ms. */
export interface SampleSettings extends CommonSettings, DatabaseSettings, CallerSettings, OutboxSettings {
  readonly maxBatch: number
  readonly barcodePrefix: string
  readonly queueRefresh: number
}

/** How each setting is read. */
export const sampleShape: Shape<SampleSettings> = {
  ...commonSettings('sample', 8081),
  ...databaseSettings(10),
  ...callerSettings('sample'),
  ...outboxSettings('sample'),
  maxBatch: number('SAMPLE_MAX_BATCH_SIZE', { fallback: 100, min: 1, max: 1000 }),
  barcodePrefix: text('BARCODE_PREFIX', { fallback: 'LAB' }),
  queueRefresh: duration('QUEUE_REFRESH', '30s'),
}
