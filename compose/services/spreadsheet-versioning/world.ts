// What the versioning routes share.
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../kit/caller.ts'
import type { Database } from '../kit/database.ts'
import type { Outbox } from '../kit/outbox.ts'
import type { VersioningSettings } from './settings.ts'

/** Everything a route works with. */
export interface VersioningWorld {
  readonly settings: VersioningSettings
  readonly database: Database
  readonly outbox: Outbox
  /** The caller of a request that has passed authentication. */
  callerOf(request: FastifyRequest): Caller
}
