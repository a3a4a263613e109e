// The event service's settings, under the names its documents use.
import { callerSettings, type CallerSettings } from '../kit/caller.ts'
import { commonSettings, type CommonSettings } from '../kit/common-settings.ts'
import { redisSettings, type RedisSettings } from '../kit/redis.ts'
import { duration, number, type Shape } from '../kit/settings.ts'

/** All settings of the event service; times in ms. */
export interface EventSettings extends CommonSettings, CallerSettings, RedisSettings {
  /** About how many events a stream keeps; what is older is dropped, read or not. */
  readonly streamLength: number
  readonly maxEventTypes: number
  readonly maxSubscriptions: number
  readonly maxEventBytes: number
  readonly maxBatch: number
  readonly statsRefresh: number
}

/** How each setting is read. */
export const eventShape: Shape<EventSettings> = {
  ...commonSettings('event', 8087),
  ...callerSettings('event'),
  ...redisSettings(),
  streamLength: number('STREAM_MAX_LENGTH', { fallback: 100_000, min: 1 }),
  maxEventTypes: number('MAX_EVENT_TYPES', { fallback: 200, min: 1, max: 1000 }),
  maxSubscriptions: number('MAX_SUBSCRIPTIONS', { fallback: 100, min: 1, max: 1000 }),
  maxEventBytes: number('MAX_EVENT_BYTES', { fallback: 65_536, min: 1024 }),
  maxBatch: number('MAX_EVENTS_PER_BATCH', { fallback: 100, min: 1, max: 1000 }),
  statsRefresh: duration('STATS_REFRESH', '5s'),
}
