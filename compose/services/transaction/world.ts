// What the transaction routes share.
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../kit/caller.ts'
import type { Database } from '../kit/database.ts'
import type { Coordinator } from './coordinator.ts'
import type { TransactionSettings } from './settings.ts'
import type { Workflows } from './workflows.ts'

/** Everything a transaction route works with. */
export interface TransactionWorld {
  readonly settings: TransactionSettings
  readonly database: Database
  readonly coordinator: Coordinator
  readonly workflows: Workflows
  /** The caller of a request that has passed authentication. */
  callerOf(request: FastifyRequest): Caller
}
