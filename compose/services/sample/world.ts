// What the sample routes share, and how they know their caller.
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../kit/caller.ts'
import type { Database } from '../kit/database.ts'
import type { Outbox } from '../kit/outbox.ts'
import type { LabMetrics } from './lab-metrics.ts'
import type { Queue } from './queue.ts'
import type { SampleSettings } from './settings.ts'

/** Everything a sample route works with. */
export interface SampleWorld {
  readonly settings: SampleSettings
  readonly database: Database
  readonly outbox: Outbox
  readonly lab: LabMetrics
  readonly queue: Queue
  /** The caller of a request that has passed the guard. */
  callerOf(request: FastifyRequest): Caller
  /** True when this create is to be acknowledged without being stored (a shipped defect, normally never). */
  dropsWrite(): boolean
}
