// What the storage routes share, how they know their caller, and the form of their answers.
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../kit/caller.ts'
import type { Database } from '../kit/database.ts'
import type { Outbox } from '../kit/outbox.ts'
import type { Thresholds } from './capacity.ts'
import type { StorageSettings } from './settings.ts'

/** Everything a storage route works with. */
export interface StorageWorld {
  readonly settings: StorageSettings
  readonly database: Database
  readonly outbox: Outbox
  readonly thresholds: Thresholds
  /** The caller of a request that has passed the guard. */
  callerOf(request: FastifyRequest): Caller
}

/** The documented form of a success. */
export function success(data: unknown, message: string | null = null): object {
  return { success: true, data, message, timestamp: new Date().toISOString() }
}

/** One page of a list, in the documented form. */
export function paginated(
  data: readonly object[],
  total: number,
  { page, size }: { page: number; size: number },
): object {
  const pages = Math.ceil(total / size)
  const info = {
    page,
    per_page: size,
    total_pages: pages,
    total_items: total,
    has_next: page < pages,
    has_prev: page > 1,
  }
  return success({ data, pagination: info })
}

/** The pages of all lists. */
export const PAGES = { size: 'per_page', fallback: 20, max: 100 }
