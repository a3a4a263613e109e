// The event analytics service's settings.
import { commonSettings, databaseSettings, type CommonSettings, type DatabaseSettings } from '../kit/common-settings.ts'
import { redisSettings, type RedisSettings } from '../kit/redis.ts'
import { number, type Shape } from '../kit/settings.ts'
import { consumerSettings, type ConsumerSettings } from '../kit/stream-consumer.ts'

/** All settings of the event analytics service; times in ms unless the name says otherwise. */
export interface AnalyticsSettings extends CommonSettings, DatabaseSettings, RedisSettings, ConsumerSettings {
  readonly retentionDays: number
}

/** How each setting is read. */
export const analyticsShape: Shape<AnalyticsSettings> = {
  ...commonSettings('event-analytics', 8097),
  ...databaseSettings(5),
  ...redisSettings(),
  ...consumerSettings('event-analytics'),
  retentionDays: number('EVENT_RETENTION_DAYS', { fallback: 30, min: 0.001 }),
}
