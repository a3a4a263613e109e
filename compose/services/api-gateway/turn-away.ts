// The documented answer to a request that the gateway does not pass on for now.
import type { FastifyReply } from 'fastify'
import type { Upstream } from '../kit/service-routes.ts'

export interface TurnedAway {
  readonly reason: string
  /** When to come back (ms); whole seconds are said, at least one. */
  readonly wait: number
  /** Where one service is the reason. */
  readonly service?: Upstream
}

export function turnAway(reply: FastifyReply, { reason, wait, service }: TurnedAway): FastifyReply {
  const retry_after = Math.max(1, Math.ceil(wait / 1000))
  reply.status(503).header('retry-after', retry_after)
  return reply.send({ error: 'Service temporarily unavailable', reason, service, retry_after })
}
