// The lab manager's settings, under the names its documents use.
import { callerSettings, type CallerSettings } from '../kit/caller.ts'
import { commonSettings, databaseSettings, type CommonSettings, type DatabaseSettings } from '../kit/common-settings.ts'
import { upstreamUrls, type UpstreamUrls } from '../kit/service-routes.ts'
import { duration, text, type Shape } from '../kit/settings.ts'

/** All settings of the lab manager; times in ms. */
export interface LabManagerSettings extends CommonSettings, DatabaseSettings, CallerSettings {
  /** A folder it can write to. */
  readonly storagePath: string
  readonly environment: string
  readonly urls: UpstreamUrls
  readonly upstreamTimeout: number
}

/** How each setting is read. */
export const labManagerShape: Shape<LabManagerSettings> = {
  ...commonSettings('lab-manager', 3000),
  ...databaseSettings(5),
  ...callerSettings('lab-manager'),
  storagePath: text('STORAGE_PATH'),
  environment: text('ENVIRONMENT', { fallback: 'development' }),
  urls: upstreamUrls(['auth']),
  upstreamTimeout: duration('UPSTREAM_TIMEOUT_MS', '30s'),
}
