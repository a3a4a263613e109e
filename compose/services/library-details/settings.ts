// The library details service's settings, under the names its documents use.
import { callerSettings, type CallerSettings } from '../kit/caller.ts'
import { commonSettings, databaseSettings, type CommonSettings, type DatabaseSettings } from '../kit/common-settings.ts'
import { outboxSettings, type OutboxSettings } from '../kit/outbox.ts'
import { flag, number, text, type Setting, type Shape } from '../kit/settings.ts'

/** All settings of the library details service; times in ms. */
export interface LibrarySettings extends CommonSettings, DatabaseSettings, CallerSettings, OutboxSettings {
  /** Who shows one of these in X-API-Key needs no token. */
  readonly apiKeys: readonly string[]
  /** Lets everybody in; for development only. */
  readonly skipAuth: boolean
  readonly maxBatch: number
}

/** A comma list; the fallback are the documented keys of development. */
const apiKeys: Setting<readonly string[]> = (env, problems) => {
  const list = text('API_KEYS', { fallback: 'dev-key-123,test-key-456' })(env, problems)
  return list.split(',').map((key) => key.trim()).filter((key) => key !== '')
}

/** How each setting is read. */
export const libraryShape: Shape<LibrarySettings> = {
  ...commonSettings('library-details', 8080),
  ...databaseSettings(5),
  ...callerSettings('library-details'),
  ...outboxSettings('library-details'),
  apiKeys,
  skipAuth: flag('SKIP_AUTH', false),
  maxBatch: number('MAX_BATCH_SIZE', { fallback: 100, min: 1, max: 1000 }),
}
