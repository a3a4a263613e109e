// Handles all events of all streams at least once: settled after handling, repeated after failure, given up at last.
import type { RedisConnection } from './redis.ts'
import { createRounds, type Rounds } from './rounds.ts'
import { duration, number, text, type Shape } from './settings.ts'
import { untraced } from './span.ts'
import { createStreamGroup, type Reader, type StreamGroup } from './stream-group.ts'
import { createHandler, type HandlerParts } from './stream-handler.ts'

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

/** What a consumer works with. */
export interface ConsumerParts extends HandlerParts {
  readonly redis: RedisConnection
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
  const handle = createHandler(settings.maxAttempts, group, parts)
  // What a consumer of this name had not settled when it ended is its first work.
  const state = { unsettled: true, stopping: false }
  const look = createLook(settings, group)
  const rounds = createRounds({
    work: async () => {
      const { streams, taken } = await untraced(look)
      state.unsettled ||= taken > 0
      const deliveries = await untraced(() => (state.unsettled ? group.unsettled() : group.fresh(BLOCK)))
      if (deliveries.length === 0) state.unsettled = false
      for (let from = 0; from < deliveries.length; from += TOGETHER) {
        await handle(deliveries.slice(from, from + TOGETHER))
      }
      return streams > 0
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

/** Looks now and then for new streams and for what others have left: how many there are, how much was taken. */
function createLook({ takeOverAfter }: ConsumerSettings, group: StreamGroup) {
  let [joinAt, takeAt, streams] = [0, 0, 0]
  return async (): Promise<{ streams: number; taken: number }> => {
    const now = Date.now()
    if (now >= joinAt) {
      streams = await group.join()
      joinAt = now + JOIN_EVERY
    }
    if (now < takeAt) return { streams, taken: 0 }
    const taken = await group.takeOver(takeOverAfter)
    takeAt = now + TAKE_OVER_EVERY
    return { streams, taken }
  }
}
