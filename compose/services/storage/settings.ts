// The storage service's settings, under the names its documents use.
import { callerSettings, type CallerSettings } from '../kit/caller.ts'
import { commonSettings, databaseSettings, type CommonSettings, type DatabaseSettings } from '../kit/common-settings.ts'
import { outboxSettings, type OutboxSettings } from '../kit/outbox.ts'
import { duration, number, type Shape } from '../kit/settings.ts'
import type { Thresholds } from './capacity.ts'

/** All settings of the storage service; times in ms. */
export interface StorageSettings extends CommonSettings, DatabaseSettings, CallerSettings, OutboxSettings {
  readonly warningThreshold: number
  readonly criticalThreshold: number
  /** How often capacities are judged and gauges renewed. */
  readonly watchEvery: number
  readonly readingRetention: number
  /** The size of the laboratory that an empty database starts with; 0 is none. */
  readonly seedScale: number
}

/** How each setting is read. */
export const storageShape: Shape<StorageSettings> = {
  ...commonSettings('storage', 8082),
  ...databaseSettings(50),
  // The documented acquire timeout of this service is longer than the usual.
  acquireTimeout: duration('DB_ACQUIRE_TIMEOUT', '30s'),
  ...callerSettings('storage'),
  ...outboxSettings('storage'),
  warningThreshold: number('CAPACITY_WARNING_THRESHOLD', { fallback: 0.8, max: 1 }),
  criticalThreshold: (env, problems) => {
    const read = number('CAPACITY_CRITICAL_THRESHOLD', { fallback: 0.95, max: 1 })(env, problems)
    const warning = number('CAPACITY_WARNING_THRESHOLD', { fallback: 0.8, max: 1 })(env, [])
    if (read <= warning) problems.push('CAPACITY_CRITICAL_THRESHOLD must be above CAPACITY_WARNING_THRESHOLD')
    return read
  },
  watchEvery: duration('CAPACITY_CHECK_INTERVAL', '5s'),
  readingRetention: duration('READING_RETENTION', '168h'),
  seedScale: number('SEED_SCALE', { fallback: 1, max: 20 }),
}

/** The thresholds within the settings. */
export function thresholdsOf({ warningThreshold, criticalThreshold }: StorageSettings): Thresholds {
  return { warning: warningThreshold, critical: criticalThreshold }
}
