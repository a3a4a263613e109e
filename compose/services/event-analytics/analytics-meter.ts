// The metrics the documents promise of event analytics, and how late events are.
import { Counter, Histogram } from 'prom-client'
import type { Metrics } from '../kit/metrics.ts'
import type { DeliveredEvent } from '../kit/stream-handler.ts'
import type { Tallied } from './tally.ts'

/** Records a batch: what it came to, its events and how long it took (s). */
export type AnalyticsMeter = (tallied: readonly Tallied[], events: readonly DeliveredEvent[], seconds: number) => void

/** Exports events_processed_total, events_duplicate_total, event_processing_seconds and event_delivery_seconds. */
export function createAnalyticsMeter({ service, registry }: Metrics): AnalyticsMeter {
  const counter = (name: string, help: string): Counter<'service' | 'event_type'> =>
    new Counter({ name, help, labelNames: ['service', 'event_type'], registers: [registry] })
  const histogram = (name: string, help: string, buckets: number[]): Histogram<'service'> => {
    const made = new Histogram({ name, help, labelNames: ['service'], buckets, registers: [registry] })
    made.zero({ service })
    return made
  }
  const processed = counter('events_processed_total', 'Events counted; one delivered again is not counted again.')
  const duplicates = counter('events_duplicate_total', 'Deliveries of events that had been counted.')
  const PROCESSING = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
  const processing = histogram('event_processing_seconds', 'Time to count a batch of events.', PROCESSING)
  const DELIVERY = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]
  const delivery = histogram('event_delivery_seconds', 'Time from an event to its being counted.', DELIVERY)
  return (tallied, events, seconds) => {
    for (const { type, fresh, duplicates: again } of tallied) {
      processed.inc({ service, event_type: type }, fresh ? 1 : 0)
      duplicates.inc({ service, event_type: type }, again)
    }
    processing.observe({ service }, seconds)
    const now = Date.now()
    for (const { envelope } of events) {
      delivery.observe({ service }, Math.max(0, (now - Date.parse(envelope.timestamp)) / 1000))
    }
  }
}
