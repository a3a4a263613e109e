// What the RAG routes and the background work share.
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../kit/caller.ts'
import type { Database } from '../kit/database.ts'
import type { Outbox } from '../kit/outbox.ts'
import type { Model } from './model.ts'
import type { RagMetrics } from './rag-metrics.ts'
import type { RagSettings } from './settings.ts'

/** Everything background work needs. */
export interface RagWorld {
  readonly settings: RagSettings
  readonly database: Database
  readonly outbox: Outbox
  readonly model: Model
  readonly metrics: RagMetrics
}

/** Everything a route works with. */
export interface RagRoutesWorld extends RagWorld {
  /** The caller of a request that has passed authentication. */
  callerOf(request: FastifyRequest): Caller
  /** There is a document to be processed in the background. */
  wakeWorker(): void
}
