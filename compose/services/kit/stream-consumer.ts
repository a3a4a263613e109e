// Handles all events of all streams at least once: settled after handling, repeated after failure, given up at last.
import { SpanKind } from '@opentelemetry/api'
import { Counter } from 'prom-client'
import type { Envelope } from './event-streams.ts'
import { DatabaseUnavailable } from './pool.ts'
import { RedisUnavailable } from './redis-unavailable.ts'
import type { RedisConnection } from './redis.ts'
import type { Metrics } from './metrics.ts'
import { createRounds, type Rounds } from './rounds.ts'
import { duration, number, text, type Shape } from './settings.ts'
import { inLinkedSpan, linksTo, untraced } from './span.ts'
import { createStreamGroup, type Delivery, type Reader, type StreamGroup } from './stream-group.ts'

/** Settings of a consumer; times in ms. */
export interface ConsumerSettings extends Reader {
  /** How often an event is tried before it is given up; unreachable stores do not count. */
  readonly maxAttempts: number
  /** After this time another consumer's unsettled events are taken over. */
  readonly takeOverAfter: number
}

/** The settings of the only consumer of the group that bears the service's name, when nothing else is said. */
export function consumerSettings(service: string): Shape<ConsumerSettings> {
  return {
    group: text('REDIS_CONSUMER_GROUP', { fallback: service }),
    consumer: text('REDIS_CONSUMER_NAME', { fallback: `${service}-1` }),
    maxAttempts: number('EVENT_MAX_ATTEMPTS', { fallback: 5, min: 1 }),
    takeOverAfter: duration('EVENT_TAKE_OVER_AFTER', '30s'),
  }
}

/** A delivered event. */
export interface DeliveredEvent {
  readonly entry: string
  readonly envelope: Envelope
}

/** What a consumer works with; `handle` gets up to 100 events and has handled all of them or none. */
export interface ConsumerParts {
  readonly redis: RedisConnection
  readonly metrics: Metrics
  warn(message: string): void
  handle(events: readonly DeliveredEvent[]): Promise<void>
}

/** A running consumer. */
export type Consumer = Pick<Rounds, 'start' | 'stop'>

/** How long (ms) a read waits for something new; streams that have come meanwhile are looked for in between. */
const BLOCK = 1000
/** How long (ms) to wait for the first stream of all. */
const NO_STREAM = [500]
/** How often (ms) new streams are looked for while events come. */
const JOIN_EVERY = 500
/** How often (ms) events of others are looked for. */
const TAKE_OVER_EVERY = 10_000
/** Events handled together, each with a link in the span. */
const TOGETHER = 100

/** Makes a consumer; nothing is read before start. */
export function createConsumer(settings: ConsumerSettings, parts: ConsumerParts): Consumer {
  const waiting = parts.redis.forBlocking(BLOCK)
  const group = createStreamGroup(parts.redis, waiting, settings)
  const handle = createHandler(settings, group, parts)
  // What a consumer of this name had not settled when it ended is its first work.
  const state = { unsettled: true, lookAt: 0, joinAt: 0, streams: 0, stopping: false }
  const join = async (): Promise<void> => {
    if (Date.now() < state.joinAt) return
    state.streams = await group.join()
    state.joinAt = Date.now() + JOIN_EVERY
  }
  const takeOver = async (): Promise<void> => {
    if (Date.now() < state.lookAt) return
    state.lookAt = Date.now() + TAKE_OVER_EVERY
    if ((await group.takeOver(settings.takeOverAfter)) > 0) state.unsettled = true
  }
  const rounds = createRounds({
    work: async () => {
      await untraced(join)
      await untraced(takeOver)
      const deliveries = await untraced(() => (state.unsettled ? group.unsettled() : group.fresh(BLOCK)))
      if (deliveries.length === 0) state.unsettled = false
      for (let from = 0; from < deliveries.length; from += TOGETHER) {
        await handle(deliveries.slice(from, from + TOGETHER))
      }
      return state.streams > 0
    },
    pauses: NO_STREAM,
    failed: ({ message }) => {
      state.unsettled = true
      if (!state.stopping) parts.warn(`events wait to be handled: ${message}`)
    },
  })
  return {
    start: rounds.start,
    stop: async () => {
      state.stopping = true
      await waiting.stop()
      await rounds.stop()
    },
  }
}

type Handler = (deliveries: readonly Delivery[]) => Promise<void>

function createHandler({ maxAttempts }: ConsumerSettings, group: StreamGroup, parts: ConsumerParts): Handler {
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

function outcomes({ service, registry }: Metrics): (outcome: 'settled' | 'failed' | 'given_up', amount: number) => void {
  const total = new Counter({
    name: 'event_deliveries_total',
    help: 'Deliveries of events: settled, failed (to be tried again), and given up.',
    labelNames: ['service', 'outcome'],
    registers: [registry],
  })
  for (const outcome of ['settled', 'failed', 'given_up']) total.inc({ service, outcome }, 0)
  return (outcome, amount) => total.inc({ service, outcome }, amount)
}
