// The gateway's own metrics, beside those every service has.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { Upstream } from '../kit/service-routes.ts'
import type { BreakerState } from './breaker.ts'

const STATES: Readonly<Record<BreakerState, number>> = { closed: 0, 'half-open': 1, open: 2 }

/** A finished request of the gateway. */
export interface Proxied {
  readonly method: string
  readonly service: Upstream
  readonly endpoint: string
  readonly status: number
  readonly seconds: number
}

/** Records what the gateway does. */
export interface GatewayMetrics {
  started(service: Upstream): void
  finished(proxied: Proxied): void
  limited(service: Upstream, userType: string): void
  /** 1 while the service answers, 0 when a call or its readiness says otherwise. */
  health(service: Upstream, well: boolean): void
}

/** Exports the metrics of a gateway to these services; the breakers' states are read when Prometheus asks. */
export function createGatewayMetrics(
  registry: Registry,
  services: readonly Upstream[],
  breaker: (service: Upstream) => BreakerState,
): GatewayMetrics {
  const registers = [registry]
  const active = gauge(registers, 'gateway_active_requests', 'Requests being passed on.')
  const health = gauge(registers, 'gateway_service_health', 'Whether the service answers: 1 yes, 0 no.')
  const limited = new Counter({
    name: 'gateway_rate_limit_exceeded_total',
    help: 'Requests refused by a rate limit.',
    labelNames: ['service', 'user_type'],
    registers,
  })
  for (const service of services) active.set({ service }, 0)
  exportState(registers, services, breaker)
  return {
    started: (service) => active.inc({ service }),
    finished: finisher(registers, active),
    limited: (service, user_type) => limited.inc({ service, user_type }),
    health: (service, well) => health.set({ service }, well ? 1 : 0),
  }
}

function gauge(registers: Registry[], name: string, help: string): Gauge<'service'> {
  return new Gauge({ name, help, labelNames: ['service'], registers })
}

function exportState(
  registers: Registry[],
  services: readonly Upstream[],
  breaker: (service: Upstream) => BreakerState,
): void {
  const info = new Gauge({ name: 'gateway_info', help: 'Always 1.', labelNames: ['version'], registers })
  info.set({ version: '1.0.0' }, 1)
  new Gauge({
    name: 'gateway_circuit_breaker_state',
    help: 'State of the circuit breaker: 0 closed, 1 half open, 2 open.',
    labelNames: ['service'],
    registers,
    collect() {
      for (const service of services) this.set({ service }, STATES[breaker(service)])
    },
  })
}

function finisher(registers: Registry[], active: Gauge<'service'>): GatewayMetrics['finished'] {
  const total = new Counter({
    name: 'gateway_requests_total',
    help: 'Requests for a service, by the answer given to the client.',
    labelNames: ['method', 'service', 'endpoint', 'status'],
    registers,
  })
  const duration = new Histogram({
    name: 'gateway_request_duration_seconds',
    help: 'Time from the request to the answer.',
    labelNames: ['method', 'service', 'endpoint'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const refused = new Counter({
    name: 'gateway_auth_failures_total',
    help: 'Requests a service refused for who sent them.',
    labelNames: ['reason'],
    registers,
  })
  return ({ method, service, endpoint, status, seconds }) => {
    active.dec({ service })
    total.inc({ method, service, endpoint, status: String(status) })
    duration.observe({ method, service, endpoint }, seconds)
    if (status === 401) refused.inc({ reason: 'unauthorized' })
    if (status === 403) refused.inc({ reason: 'forbidden' })
  }
}
