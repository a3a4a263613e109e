// The metrics every service exports under the names the alert rules expect; the service label is part of each series.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { ownLimits, type OwnLimits } from './own-limits.ts'

/** Metrics of one process. */
export interface Metrics {
  readonly service: string
  readonly registry: Registry
  /** Counts one answered (or abandoned) request; `seconds` is its duration. */
  request(method: string, status: number, seconds: number): void
  /** Makes a counter with the service label, known to Prometheus from the start; returns its increment. */
  counter(name: string, help: string): () => void
}

/** Up to 30 s, the longest a request may hang here, so that a p95 above 5 s is a number and not "+Inf". */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 7.5, 10, 15, 30]
const METHODS = ['GET', 'POST', 'PUT', 'DELETE']
/** Series that must exist before the first failure, or its increase would be invisible. */
const EXPECTED = [200, 500, 502, 503, 504]

/** Creates the metrics of `service`. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 })
  exportLimits(service, registry, ownLimits())
  return {
    service,
    registry,
    request: requestRecorder(service, registry),
    counter: (name, help) => {
      const made = new Counter({ name, help, labelNames: ['service'], registers: [registry] })
      made.inc({ service }, 0)
      return () => made.inc({ service })
    },
  }
}

/** Exports what the process may use, beside the default metrics of what it does use; read when Prometheus asks. */
function exportLimits(service: string, registry: Registry, limits: OwnLimits): void {
  const about = { labelNames: ['service'], registers: [registry] }
  const read: Readonly<Record<string, readonly [kind: typeof Gauge | typeof Counter, help: string, value: () => number | undefined]>> = {
    service_memory_limit_bytes: [Gauge, 'Memory the process may hold; absent without a limit.', limits.memory],
    service_cpu_limit_cores: [Gauge, 'CPUs the process may use at once.', limits.cores],
    service_cpu_periods_total: [Counter, 'Periods of its CPU quota; absent without one.', () => limits.periods()?.all],
    service_cpu_throttled_periods_total: [Counter, 'Periods in which it was held back.', () => limits.periods()?.throttled],
  }
  for (const [name, [Kind, help, value]] of Object.entries(read)) {
    const made: Gauge | Counter = new Kind({
      ...about,
      name,
      help,
      collect() {
        const now = value()
        made.reset()
        if (now !== undefined) made.inc({ service }, now)
      },
    })
  }
}

function requestRecorder(service: string, registry: Registry): Metrics['request'] {
  const total = new Counter({
    name: 'http_requests_total',
    help: 'Requests answered; 499 when the client left before the answer. Health and metrics requests are not counted.',
    labelNames: ['service', 'method', 'status', 'status_class'],
    registers: [registry],
  })
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer.',
    labelNames: ['service', 'method'],
    buckets: BUCKETS,
    registers: [registry],
  })
  const labels = (method: string, status: number) => {
    return { service, method, status: String(status), status_class: `${Math.floor(status / 100)}xx` }
  }
  for (const method of METHODS) {
    duration.zero({ service, method })
    for (const status of EXPECTED) total.inc(labels(method, status), 0)
  }
  return (method, status, seconds) => {
    total.inc(labels(method, status))
    duration.observe({ service, method }, seconds)
  }
}

/** Numbers of connections of a pool. */
export interface PoolNumbers {
  readonly busy: number
  readonly idle: number
  readonly waiting: number
  readonly max: number
}

/** Exports the pool's state, read when Prometheus asks. */
export function exportPool(metrics: Metrics, read: () => PoolNumbers): void {
  new Gauge({
    name: 'database_pool_connections',
    help: 'Connections of the pool: busy, idle, max, and requests waiting for one.',
    labelNames: ['service', 'state'],
    registers: [metrics.registry],
    collect() {
      for (const [state, value] of Object.entries(read())) this.set({ service: metrics.service, state }, value)
    },
  })
}
