// The sequencing service's settings, under the names its documents use.
import { callerSettings, type CallerSettings } from '../kit/caller.ts'
import { commonSettings, databaseSettings, type CommonSettings, type DatabaseSettings } from '../kit/common-settings.ts'
import { outboxSettings, type OutboxSettings } from '../kit/outbox.ts'
import { address, type Shape } from '../kit/settings.ts'

/** All settings of the sequencing service; times in ms. The four services are looked at by readiness alone. */
export interface SequencingSettings extends CommonSettings, DatabaseSettings, CallerSettings, OutboxSettings {
  readonly sampleUrl: string
  readonly notificationUrl: string
  readonly templateUrl: string
  readonly storageUrl: string
}

/** How each setting is read; an empty address leaves that service out. */
export const sequencingShape: Shape<SequencingSettings> = {
  ...commonSettings('sequencing', 8084),
  ...databaseSettings(5),
  ...callerSettings('sequencing'),
  ...outboxSettings('sequencing'),
  sampleUrl: address('SAMPLE_SERVICE_URL', ['http'], ''),
  notificationUrl: address('NOTIFICATION_SERVICE_URL', ['http'], ''),
  templateUrl: address('TEMPLATE_SERVICE_URL', ['http'], ''),
  storageUrl: address('STORAGE_SERVICE_URL', ['http'], ''),
}
