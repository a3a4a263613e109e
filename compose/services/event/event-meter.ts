// The metrics of the event service, and the counts its stats need.
import { Counter } from 'prom-client'
import type { Metrics } from '../kit/metrics.ts'

/** Records what happens to events. */
export interface EventMeter {
  published(type: string): void
  /** So many events of a request could not be published. */
  failed(amount: number): void
  /** How many have failed since the start. */
  failures(): number
}

/** Exports events_published_total and events_failed_total. */
export function createEventMeter({ service, registry }: Metrics): EventMeter {
  const published = new Counter({
    name: 'events_published_total',
    help: 'Events that lie in their stream.',
    labelNames: ['service', 'event_type'],
    registers: [registry],
  })
  const failed = new Counter({
    name: 'events_failed_total',
    help: 'Events that were refused or that Redis did not take.',
    labelNames: ['service'],
    registers: [registry],
  })
  failed.inc({ service }, 0)
  let failures = 0
  return {
    published: (event_type) => published.inc({ service, event_type }),
    failed: (amount) => {
      failures += amount
      failed.inc({ service }, amount)
    },
    failures: () => failures,
  }
}
