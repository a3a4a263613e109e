// The event service's refusals: the documents promise one field, error, and say no more.
import { ReplyError } from 'ioredis'
import type { GuardWording } from '../kit/caller.ts'
import { RedisUnavailable } from '../kit/redis-unavailable.ts'
import { Refusal, type RefusalStyle } from '../kit/refusal.ts'

const STATUS = {
  validation_error: 400,
  authentication_error: 401,
  event_too_large: 413,
  limit_exceeded: 429,
  redis_error: 500,
  internal_error: 500,
  external_service_error: 502,
} as const

/** Why something was refused; for logs, the body has the message only. */
export type EventCode = keyof typeof STATUS

/** A refusal with its status. */
export function refuse(code: EventCode, message: string): Refusal {
  return new Refusal(STATUS[code], code, message)
}

/** How the event service words its refusals. */
export const eventRefusals: RefusalStyle = {
  fromError: (error) => {
    if (error instanceof RedisUnavailable) return refuse('redis_error', 'Redis does not answer, nothing was published')
    if (error instanceof ReplyError) return refuse('redis_error', `Redis refused: ${error.message.slice(0, 200)}`)
    return refuse('internal_error', 'An internal error occurred')
  },
  body: ({ plain, message }) => (plain ? message : { error: message }),
}

/** How it refuses who is not known. */
export const eventWording: GuardWording = {
  unauthenticated: (message) => refuse('authentication_error', message),
  authUnavailable: (message) => refuse('external_service_error', message),
}
