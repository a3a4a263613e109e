// Subscriptions: a name for a consumer group on some streams; the group's members read from Redis themselves.
import { EVENT_TYPES, isEventType, streamOf } from '../kit/event-streams.ts'
import type { JsonObject } from '../kit/fields.ts'
import { refusedByRedis, type RedisConnection } from '../kit/redis.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import { refuse } from './refusals.ts'
import type { EventSettings } from './settings.ts'

/** What a subscriber asks for; `timeout_ms` and `batch_size` are how it means to read. */
export interface Subscription {
  readonly name: string
  readonly event_types: readonly string[]
  readonly consumer_group: string
  readonly consumer_name: string
  readonly batch_size: number
  readonly timeout_ms: number
  readonly auto_ack: boolean
  /** True: only what is published from now on. */
  readonly read_latest: boolean
}

/** Where the subscriptions are kept, by name. */
const SUBSCRIPTIONS = 'tracseq:subscriptions'
const NAME = { min: 1, max: 100, pattern: /^[\w.:-]*$/, message: 'names hold letters, digits, and any of _ . : -' }

/** Reads a subscription; the numbers have the defaults a small reader would choose. */
export function readSubscription(body: JsonObject): Subscription {
  const fields = typedFieldsOf(body)
  const types = fields.optionalTexts('event_types', { max: 50, length: 100 }) ?? fields.list('event_types').map(String)
  if (types.length === 0) fields.problem('event_types needs at least one type')
  for (const type of types) if (!isEventType(type)) fields.problem(`${type} is no event type`)
  const subscription = {
    name: fields.text('name', NAME),
    event_types: types,
    consumer_group: fields.text('consumer_group', NAME),
    consumer_name: fields.text('consumer_name', NAME),
    batch_size: fields.optionalWhole('batch_size', { min: 1, max: 1000 }) ?? 10,
    timeout_ms: fields.optionalWhole('timeout_ms', { min: 0, max: 60_000 }) ?? 1000,
    auto_ack: fields.optionalFlag('auto_ack'),
    read_latest: fields.optionalFlag('read_latest'),
  }
  fields.done('validation_error')
  return subscription
}

/** The subscriptions there are. */
export interface Subscriptions {
  /** Registers a subscription, or replaces that of the same name; its groups exist when it returns. */
  subscribe(wanted: Subscription): Promise<void>
  count(): Promise<number>
}

/** Keeps subscriptions in `redis`; `allow` throws when a stream may not be made. */
export function createSubscriptions(
  settings: EventSettings,
  redis: RedisConnection,
  allow: (types: readonly string[]) => Promise<void>,
): Subscriptions {
  const count = (): Promise<number> => redis.run<number>('HLEN', SUBSCRIPTIONS)
  return {
    count,
    subscribe: async (wanted) => {
      const known = await redis.run<number>('HEXISTS', SUBSCRIPTIONS, wanted.name)
      if (known === 0 && (await count()) >= settings.maxSubscriptions) {
        throw refuse('limit_exceeded', `There may be ${settings.maxSubscriptions} subscriptions`)
      }
      await allow(wanted.event_types)
      const make = settings.defects.has('silent-group-failure') ? makeIfStream : makeGroup
      for (const type of wanted.event_types) await make(redis, type, wanted)
      await redis.run('HSET', SUBSCRIPTIONS, wanted.name, JSON.stringify(wanted))
    },
  }
}

/** A group that exists already stays where it is, so that subscribing again loses and repeats nothing. */
async function makeGroup(redis: RedisConnection, type: string, wanted: Subscription): Promise<void> {
  const start = wanted.read_latest ? '$' : '0'
  try {
    await redis.run('XGROUP', 'CREATE', streamOf(type), wanted.consumer_group, start, 'MKSTREAM')
  } catch (error) {
    if (!refusedByRedis(error, 'BUSYGROUP')) throw error
  }
  await redis.run('SADD', EVENT_TYPES, type)
}

/** The shipped defect: without a stream there is no group, and nobody is told. */
async function makeIfStream(redis: RedisConnection, type: string, wanted: Subscription): Promise<void> {
  const there = await redis.run<number>('EXISTS', streamOf(type))
  if (there === 1) await makeGroup(redis, type, wanted)
}
