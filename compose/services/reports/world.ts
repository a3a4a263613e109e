// What the report routes and the background work share.
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../kit/caller.ts'
import type { Database } from '../kit/database.ts'
import type { Outbox } from '../kit/outbox.ts'
import type { ReportsSettings } from './settings.ts'

/** Everything background work needs. */
export interface ReportsWorld {
  readonly settings: ReportsSettings
  readonly database: Database
  readonly outbox: Outbox
}

/** Everything a route works with. */
export interface ReportsRoutesWorld extends ReportsWorld {
  /** The caller of a request that has passed authentication. */
  callerOf(request: FastifyRequest): Caller
  /** There is a report to be made. */
  wakeWorker(): void
}
