// Applies the rate limits to requests and words the refusals.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Upstream } from '../kit/service-routes.ts'
import { createAdaptive } from './adaptive.ts'
import type { Clients } from './clients.ts'
import { ownLoad } from './own-load.ts'
import { createRateLimiter, type Ruling } from './rate-limiter.ts'
import { scaled } from './service-limits.ts'
import type { GatewaySettings } from './settings.ts'

/** The gateway's rate limits. */
export interface Limits {
  /** True when the request may go on; else it has been answered. */
  pass(request: FastifyRequest, reply: FastifyReply, service: Upstream): boolean
}

/** Creates the limits of the settings; a multiplier of 0 switches them off, and so does the shipped defect. */
export function createLimits(
  settings: GatewaySettings,
  clients: Clients,
  limited: (service: Upstream, userType: string) => void,
): Limits {
  const { limitMultiplier, limits, banAfter, banStep, banMax } = settings
  if (limitMultiplier === 0 || settings.defects.has('gateway-unprotected')) return { pass: () => true }
  const limiter = createRateLimiter({ after: banAfter, step: banStep, max: banMax })
  // Everyone together is never banned, only slowed.
  const everyone = createRateLimiter({ after: Infinity, step: 0, max: 0 })
  const factor = createAdaptive({ threshold: settings.adaptiveThreshold, every: settings.adaptiveEvery }, ownLoad())
  return {
    pass: (request, reply, service) => {
      const now = performance.now()
      const client = clients.nameOf(request, now)
      const own = limiter.take(`${service} ${client.name}`, scaled(limits[service], limitMultiplier), now)
      const all = scaled(limits.global, limitMultiplier * factor(now))
      const ruling = own.allowed ? stricter(own, everyone.take('everyone', all, now)) : own
      reply.header('x-ratelimit-remaining', ruling.remaining)
      reply.header('x-ratelimit-reset', Math.ceil(ruling.retryAfter / 1000))
      if (ruling.allowed) return true
      limited(service, client.kind)
      answer(reply, ruling)
      return false
    },
  }
}

function stricter(own: Ruling, all: Ruling): Ruling {
  return all.allowed ? own : all
}

function answer(reply: FastifyReply, ruling: Ruling): void {
  const retry_after = Math.max(1, Math.ceil(ruling.retryAfter / 1000))
  const reason = ruling.reason === 'ban' ? 'banned for too many violations' : 'too many requests'
  reply.status(429).header('retry-after', retry_after).send({ error: 'Rate limit exceeded', reason, retry_after })
}
