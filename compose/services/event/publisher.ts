// Puts events into their streams: all of a request or none, and nothing is acknowledged that Redis did not take.
import { randomUUID } from 'node:crypto'
import { EVENT_FIELD, EVENT_TYPES, streamOf, type Envelope } from '../kit/event-streams.ts'
import { RedisUnavailable } from '../kit/redis-unavailable.ts'
import type { RedisCommand, RedisConnection } from '../kit/redis.ts'
import type { EventMeter } from './event-meter.ts'
import { refuse } from './refusals.ts'
import type { EventSettings } from './settings.ts'

/** An event that lies in its stream, as the documents answer it. */
export interface Published {
  readonly event_id: string
  readonly stream_id: string
  readonly published_at: string
}

/** Publishes events. */
export interface Publisher {
  /** Puts all events into their streams, in this order; throws when Redis took none. */
  publish(events: readonly Envelope[]): Promise<Published[]>
  /** Makes sure that the streams of these types may exist; throws a 429 when there would be too many. */
  allow(types: readonly string[]): Promise<void>
}

/** Publishes over `redis`. */
export function createPublisher(settings: EventSettings, redis: RedisConnection, meter: EventMeter): Publisher {
  const known = new Set<string>()
  const allow = async (types: readonly string[]): Promise<void> => {
    const fresh = new Set(types.filter((type) => !known.has(type)))
    if (fresh.size === 0) return
    for (const type of await redis.run<string[]>('SMEMBERS', EVENT_TYPES)) known.add(type)
    const added = [...fresh].filter((type) => !known.has(type))
    if (known.size + added.length <= settings.maxEventTypes) return
    throw refuse('limit_exceeded', `There may be ${settings.maxEventTypes} event types, ${added[0]} is one too many`)
  }
  const publish = async (events: readonly Envelope[]): Promise<Published[]> => {
    await allow(events.map(({ event_type }) => event_type))
    const commands = events.map((event) => addCommand(settings, event))
    const types = new Set(events.map(({ event_type }) => event_type))
    const replies = await redis.together([...commands, ['SADD', EVENT_TYPES, ...types]])
    for (const type of types) known.add(type)
    return events.map(({ id }, index) => receipt(id, String(replies[index])))
  }
  return { allow, publish: counted(settings.defects.has('event-mock') ? mocked(publish) : publish, meter) }
}

/** About the wanted length: exact trimming would cost more than a few entries too many. */
function addCommand({ streamLength, defects }: EventSettings, event: Envelope): RedisCommand {
  const bound = defects.has('unbounded-streams') ? [] : ['MAXLEN', '~', streamLength]
  return ['XADD', streamOf(event.event_type), ...bound, '*', EVENT_FIELD, JSON.stringify(event)]
}

function receipt(event_id: string, stream_id: string): Published {
  return { event_id, stream_id, published_at: new Date().toISOString() }
}

type Publish = Publisher['publish']

function counted(publish: Publish, meter: EventMeter): Publish {
  return async (events) => {
    try {
      const published = await publish(events)
      for (const { event_type } of events) meter.published(event_type)
      return published
    } catch (error) {
      meter.failed(events.length)
      throw error
    }
  }
}

/** The shipped defect: with Redis away, events are acknowledged and forgotten. */
function mocked(publish: Publish): Publish {
  return async (events) => {
    try {
      return await publish(events)
    } catch (error) {
      if (!(error instanceof RedisUnavailable)) throw error
      return events.map(({ id }) => receipt(id, `mock-${randomUUID()}`))
    }
  }
}
