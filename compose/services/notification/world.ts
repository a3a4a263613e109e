// What the notification routes share.
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../kit/caller.ts'
import type { Database } from '../kit/database.ts'
import type { Outbox } from '../kit/outbox.ts'
import type { Rounds } from '../kit/rounds.ts'
import type { DeliveryMeter } from './delivery-meter.ts'
import type { NotificationSettings } from './settings.ts'

/** Everything a notification route works with. */
export interface NotificationWorld {
  readonly settings: NotificationSettings
  readonly database: Database
  readonly outbox: Outbox
  readonly meter: DeliveryMeter
  /** Sends what is due; to be woken when something may be. */
  readonly dispatcher: Rounds
  /** The caller of a request that has passed the guard. */
  callerOf(request: FastifyRequest): Caller
}
