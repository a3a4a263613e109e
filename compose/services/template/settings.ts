// The template service's settings, under the names its documents use.
import { callerSettings, type CallerSettings } from '../kit/caller.ts'
import { commonSettings, databaseSettings, type CommonSettings, type DatabaseSettings } from '../kit/common-settings.ts'
import { outboxSettings, type OutboxSettings } from '../kit/outbox.ts'
import type { Shape } from '../kit/settings.ts'

/** All settings of the template service; times in ms. */
export interface TemplateSettings extends CommonSettings, DatabaseSettings, CallerSettings, OutboxSettings {}

/** How each setting is read. */
export const templateShape: Shape<TemplateSettings> = {
  ...commonSettings('template', 8083),
  ...databaseSettings(10),
  ...callerSettings('template'),
  ...outboxSettings('template'),
}
