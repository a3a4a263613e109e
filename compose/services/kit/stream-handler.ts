// Handles deliveries together where that works and one by one where one of them is bad, and settles what is handled.
import { SpanKind } from '@opentelemetry/api'
import { Counter } from 'prom-client'
import type { Envelope } from './event-streams.ts'
import type { Metrics } from './metrics.ts'
import { DatabaseUnavailable } from './pool.ts'
import { RedisUnavailable } from './redis-unavailable.ts'
import { inLinkedSpan, linksTo } from './span.ts'
import type { Delivery, StreamGroup } from './stream-group.ts'

/** A delivered event. */
export interface DeliveredEvent {
  readonly entry: string
  readonly envelope: Envelope
}

/** What a handler works with; `handle` gets up to 100 events and has handled all of them or none. */
export interface HandlerParts {
  readonly metrics: Metrics
  warn(message: string): void
  handle(events: readonly DeliveredEvent[]): Promise<void>
}

/** Handles deliveries; rejects when some of them have to be tried again. */
export type Handler = (deliveries: readonly Delivery[]) => Promise<void>

/** Makes the handler of a group; what failed `maxAttempts` times is given up, unless a store was away. */
export function createHandler(maxAttempts: number, group: StreamGroup, parts: HandlerParts): Handler {
  const count = outcomes(parts.metrics)
  const giveUp = async (delivery: Delivery, reason: string): Promise<void> => {
    await group.giveUp(delivery, reason)
    count('given_up', 1)
    parts.warn(`an event was given up: ${delivery.stream} ${delivery.entry}: ${reason}`)
  }
  const together: Handler = async (deliveries) => {
    const events = deliveries.flatMap(({ entry, envelope }) => (envelope === undefined ? [] : [{ entry, envelope }]))
    await inSpan(events, async () => {
      await parts.handle(events)
      await group.settle(deliveries)
    })
    count('settled', deliveries.length)
  }
  const alone = async (delivery: Delivery): Promise<unknown> => {
    try {
      await together([delivery])
      return undefined
    } catch (error) {
      if (isAway(error)) throw error
      if ((await group.attempts(delivery)) >= maxAttempts) return giveUp(delivery, String(error))
      count('failed', 1)
      return error
    }
  }
  return async (deliveries) => {
    for (const delivery of deliveries.filter(({ envelope }) => envelope === undefined)) {
      await giveUp(delivery, 'it cannot be read')
    }
    const readable = deliveries.filter(({ envelope }) => envelope !== undefined)
    if (readable.length === 0) return
    try {
      await together(readable)
    } catch (error) {
      if (isAway(error)) throw error
      await separately(readable, alone)
    }
  }
}

/** One bad event must not hold up the others: each is tried alone, and what failed is tried again later. */
async function separately(
  deliveries: readonly Delivery[],
  alone: (delivery: Delivery) => Promise<unknown>,
): Promise<void> {
  let problem: unknown
  for (const delivery of deliveries) problem = (await alone(delivery)) ?? problem
  if (problem !== undefined) throw problem
}

/** That a store is away says nothing against the event. */
function isAway(error: unknown): boolean {
  return error instanceof DatabaseUnavailable || error instanceof RedisUnavailable
}

/** One span for events handled together, linked to the requests that caused them. */
function inSpan(events: readonly DeliveredEvent[], work: () => Promise<void>): Promise<void> {
  const attributes = {
    'messaging.system': 'redis',
    'messaging.operation.name': 'process',
    'messaging.batch.message_count': events.length,
  }
  const links = events.flatMap(({ envelope }) => linksTo(envelope.metadata))
  return inLinkedSpan({ name: 'process events', kind: SpanKind.CONSUMER, attributes, links }, work)
}

type Outcome = 'settled' | 'failed' | 'given_up'

function outcomes({ service, registry }: Metrics): (outcome: Outcome, amount: number) => void {
  const total = new Counter({
    name: 'event_deliveries_total',
    help: 'Deliveries of events: settled, failed (to be tried again), and given up.',
    labelNames: ['service', 'outcome'],
    registers: [registry],
  })
  for (const outcome of ['settled', 'failed', 'given_up']) total.inc({ service, outcome }, 0)
  return (outcome, amount) => total.inc({ service, outcome }, amount)
}
