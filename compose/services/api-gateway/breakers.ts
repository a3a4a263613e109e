// One circuit breaker per service behind the gateway.
import type { Upstream } from '../kit/service-routes.ts'
import { createBreaker, type Breaker } from './breaker.ts'
import { breakerRules, type GatewaySettings } from './settings.ts'

/** With the shipped defect there is none: every call goes through. */
const NEVER_OPEN: Breaker = { state: () => 'closed', enter: () => ({ done: () => undefined }), retryAfter: () => 0 }

/** Makes the breakers of these services. */
export function createBreakers(services: readonly Upstream[], settings: GatewaySettings): (service: Upstream) => Breaker {
  const rules = breakerRules(settings)
  const breakers = new Map(services.map((service) => [service, createBreaker(rules)]))
  if (settings.defects.has('gateway-unprotected')) return () => NEVER_OPEN
  return (service) => {
    const breaker = breakers.get(service)
    if (breaker === undefined) throw new Error(`${service} has no circuit breaker`)
    return breaker
  }
}
