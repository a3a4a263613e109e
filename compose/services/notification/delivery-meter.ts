// The metrics of deliveries, and how each channel did last.
import { Counter, Gauge, Histogram } from 'prom-client'
import type { Metrics } from '../kit/metrics.ts'
import { CHANNELS, type Channel } from './words.ts'

/** How an attempt ended: taken, to be tried again, or given up. */
export type Outcome = 'sent' | 'later' | 'failed'

/** Records deliveries. */
export interface DeliveryMeter {
  /** An attempt on a channel and how long it took (s). */
  attempt(channel: Channel, outcome: Outcome, seconds: number): void
  /** How the last attempt on a channel ended; undefined when there was none. */
  last(channel: Channel): Outcome | undefined
  /** Mean time of a delivery (ms) since the start. */
  meanTime(): number
  waiting(channels: ReadonlyMap<Channel, number>): void
}

/** Exports notifications_sent_total, notifications_failed_total, notification_delivery_seconds and the queue's size. */
export function createDeliveryMeter({ service, registry }: Metrics): DeliveryMeter {
  const counter = (name: string, help: string): Counter<'service' | 'channel'> => {
    const made = new Counter({ name, help, labelNames: ['service', 'channel'], registers: [registry] })
    for (const channel of CHANNELS) made.inc({ service, channel }, 0)
    return made
  }
  const totals = {
    sent: counter('notifications_sent_total', 'Deliveries the other side has taken.'),
    later: counter('notifications_retried_total', 'Attempts that failed and are made again.'),
    failed: counter('notifications_failed_total', 'Deliveries that were given up.'),
  }
  const seconds = new Histogram({
    name: 'notification_delivery_seconds',
    help: 'Time of one attempt to deliver.',
    labelNames: ['service', 'channel'],
    registers: [registry],
  })
  const queue = new Gauge({
    name: 'notification_queue_size',
    help: 'Deliveries that are due and not settled.',
    labelNames: ['service', 'channel'],
    registers: [registry],
  })
  const latest = new Map<Channel, Outcome>()
  const sum = { ms: 0, attempts: 0 }
  return {
    attempt: (channel, outcome, took) => {
      totals[outcome].inc({ service, channel })
      seconds.observe({ service, channel }, took)
      latest.set(channel, outcome)
      sum.ms += took * 1000
      sum.attempts += 1
    },
    last: (channel) => latest.get(channel),
    meanTime: () => (sum.attempts === 0 ? 0 : sum.ms / sum.attempts),
    waiting: (sizes) => {
      for (const channel of CHANNELS) queue.set({ service, channel }, sizes.get(channel) ?? 0)
    },
  }
}
