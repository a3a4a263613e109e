// What the QA/QC routes share.
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../kit/caller.ts'
import type { Database } from '../kit/database.ts'
import type { Outbox } from '../kit/outbox.ts'
import type { QaqcSettings } from './settings.ts'

/** Everything a route works with. */
export interface QaqcWorld {
  readonly settings: QaqcSettings
  readonly database: Database
  readonly outbox: Outbox
  /** The caller of a request that has passed authentication. */
  callerOf(request: FastifyRequest): Caller
}
