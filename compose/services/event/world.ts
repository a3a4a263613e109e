// What the event routes share.
import type { RedisConnection } from '../kit/redis.ts'
import type { EventFigures } from './figures.ts'
import type { EventMeter } from './event-meter.ts'
import type { Publisher } from './publisher.ts'
import type { EventSettings } from './settings.ts'
import type { Subscriptions } from './subscriptions.ts'

/** Everything an event route works with. */
export interface EventWorld {
  readonly settings: EventSettings
  readonly redis: RedisConnection
  readonly meter: EventMeter
  readonly publisher: Publisher
  readonly subscriptions: Subscriptions
  readonly figures: EventFigures
}
