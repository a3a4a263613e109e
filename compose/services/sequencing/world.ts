// What the sequencing routes share, and how they know their caller.
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../kit/caller.ts'
import type { Database } from '../kit/database.ts'
import type { Outbox } from '../kit/outbox.ts'
import type { RunMeter } from './run-meter.ts'
import type { SequencingSettings } from './settings.ts'

/** Everything a sequencing route works with. */
export interface SequencingWorld {
  readonly settings: SequencingSettings
  readonly database: Database
  readonly outbox: Outbox
  readonly runs: RunMeter
  /** The caller of a request that has passed the guard. */
  callerOf(request: FastifyRequest): Caller
}

/** The pages of sheets and workflows, as documented. */
export const PAGES = { size: 'page_size', fallback: 20, max: 100 }

/** The documented form of such a page's numbers. */
export function pagination(total: number, { page, size }: { page: number; size: number }): object {
  return { page, page_size: size, total_count: total, total_pages: Math.ceil(total / size) }
}

/** The pages of jobs and runs, as documented. */
export const SHORT_PAGES = { size: 'limit', fallback: 50, max: 100 }

/** The documented form of such a page's numbers. */
export function shortPagination(total: number, { page, size }: { page: number; size: number }): object {
  return { page, limit: size, total, pages: Math.ceil(total / size) }
}
