// What the template routes share, and how they know their caller.
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../kit/caller.ts'
import type { Database } from '../kit/database.ts'
import { isUuid } from '../kit/fields.ts'
import type { Outbox } from '../kit/outbox.ts'
import { refuse } from './refusals.ts'
import type { TemplateSettings } from './settings.ts'

/** Everything a template route works with. */
export interface TemplateWorld {
  readonly settings: TemplateSettings
  readonly database: Database
  readonly outbox: Outbox
  /** The caller of a request that has passed the guard. */
  callerOf(request: FastifyRequest): Caller
}

/** The uuid in the path; a bare 400 when it is none. */
export function idParam(request: FastifyRequest, name = 'id'): string {
  const value = (request.params as Record<string, string>)[name] ?? ''
  if (isUuid(value)) return value
  throw refuse('bad_id', `'${value.slice(0, 60)}' is not a UUID`)
}
