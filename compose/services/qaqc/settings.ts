// The QA/QC service's settings.
import { callerSettings, type CallerSettings } from '../kit/caller.ts'
import { commonSettings, databaseSettings, type CommonSettings, type DatabaseSettings } from '../kit/common-settings.ts'
import { outboxSettings, type OutboxSettings } from '../kit/outbox.ts'
import type { Shape } from '../kit/settings.ts'

/** All settings of the QA/QC service; times in ms. */
export interface QaqcSettings extends CommonSettings, DatabaseSettings, CallerSettings, OutboxSettings {}

/** How each setting is read; tokens are judged by auth alone, so that no secret is wanted here. */
export const qaqcShape: Shape<QaqcSettings> = {
  ...commonSettings('qaqc', 8089),
  ...databaseSettings(20),
  ...callerSettings('qaqc'),
  ...outboxSettings('qaqc'),
}
