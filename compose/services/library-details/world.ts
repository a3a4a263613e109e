// What the library details routes share.
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../kit/caller.ts'
import type { Database } from '../kit/database.ts'
import type { Outbox } from '../kit/outbox.ts'
import type { LibrarySettings } from './settings.ts'

/** Everything a route works with. */
export interface LibraryWorld {
  readonly settings: LibrarySettings
  readonly database: Database
  readonly outbox: Outbox
  /** The caller of a request that has passed authentication. */
  callerOf(request: FastifyRequest): Caller
}
