// Keeps the gateway able to answer: above a number of requests at once it turns the next one away at once.
import type { FastifyReply } from 'fastify'
import type { GatewaySettings } from './settings.ts'
import { turnAway } from './turn-away.ts'

/** Decides who gets in. */
export interface Admission {
  /** True when the request may go on, and counts until it is answered; else it has been answered. */
  enter(reply: FastifyReply): boolean
}

/** A client that is told to come back is served sooner than one that waits with all the others (ms). */
const RETRY_AFTER = 1000

/** Lets in as many as the settings say; everybody with the shipped defect. */
export function createAdmission({ maxInFlight, defects }: Pick<GatewaySettings, 'maxInFlight' | 'defects'>): Admission {
  const most = defects.has('gateway-unprotected') ? Infinity : maxInFlight
  let inside = 0
  return {
    enter: (reply) => {
      if (inside >= most) {
        turnAway(reply, { reason: 'too many requests are being served', wait: RETRY_AFTER })
        return false
      }
      inside += 1
      reply.raw.once('close', () => void (inside -= 1))
      return true
    },
  }
}
