// The spreadsheet versioning service's settings, under the names its documents use.
import { callerSettings, type CallerSettings } from '../kit/caller.ts'
import { commonSettings, databaseSettings, type CommonSettings, type DatabaseSettings } from '../kit/common-settings.ts'
import { outboxSettings, type OutboxSettings } from '../kit/outbox.ts'
import { number, type Shape } from '../kit/settings.ts'

/** All settings of the spreadsheet versioning service; times in ms. */
export interface VersioningSettings extends CommonSettings, DatabaseSettings, CallerSettings, OutboxSettings {
  readonly maxFileSizeMb: number
  readonly maxVersions: number
}

/** How each setting is read; a file comes as a list of its bytes, which takes four times its size. */
export const versioningShape: Shape<VersioningSettings> = {
  ...commonSettings('spreadsheet-versioning', 8088),
  ...databaseSettings(20),
  ...callerSettings('spreadsheet-versioning'),
  ...outboxSettings('spreadsheet-versioning'),
  bodyLimit: number('BODY_LIMIT', { fallback: 5 * 1024 * 1024, min: 1 }),
  maxFileSizeMb: number('MAX_FILE_SIZE_MB', { fallback: 1, min: 0.001, max: 100 }),
  maxVersions: number('MAX_VERSIONS_PER_SPREADSHEET', { fallback: 50, min: 1, max: 10_000 }),
}
