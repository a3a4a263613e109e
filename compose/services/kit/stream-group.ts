// One consumer of one group on all event streams: what is new, what it has not settled, and what it gives up.
import { deadLettersOf, EVENT_FIELD, EVENT_TYPES, readEnvelope, streamOf, type Envelope } from './event-streams.ts'
import { refusedByRedis, type RedisCommand, type RedisConnection } from './redis.ts'

/** Who reads: a member of a group. */
export interface Reader {
  readonly group: string
  readonly consumer: string
}

/** An entry as delivered; without an envelope it cannot be read, or is not there any more. */
export interface Delivery {
  readonly stream: string
  readonly entry: string
  readonly text: string | undefined
  readonly envelope: Envelope | undefined
}

/** A reader's view of all streams. */
export interface StreamGroup {
  /** Joins streams that have come meanwhile, from their beginning; how many streams there are. */
  join(): Promise<number>
  /** New entries; waits up to `block` ms for the first. */
  fresh(block: number): Promise<Delivery[]>
  /** Entries delivered before and not settled. */
  unsettled(): Promise<Delivery[]>
  settle(deliveries: readonly Delivery[]): Promise<void>
  /** Moves an entry out of the way, to where somebody may look at it. */
  giveUp(delivery: Delivery, reason: string): Promise<void>
  /** How often an entry has been delivered. */
  attempts(delivery: Delivery): Promise<number>
  /** Takes over what others have left unsettled for `idle` ms; how many entries. */
  takeOver(idle: number): Promise<number>
}

/** Entries per stream and read. */
const COUNT = 100
/** How many entries that were given up are kept. */
const DEAD_LETTERS = 10_000

/** Reads as `reader`; `waiting` is a connection for reads that wait. */
export function createStreamGroup(redis: RedisConnection, waiting: RedisConnection, reader: Reader): StreamGroup {
  const { group, consumer } = reader
  const streams: string[] = []
  const read = async (via: RedisConnection, from: '>' | '0', options: readonly (string | number)[]) => {
    if (streams.length === 0) return []
    const ids = streams.map(() => from)
    const head: RedisCommand = ['XREADGROUP', 'GROUP', group, consumer, 'COUNT', COUNT]
    return deliveriesIn(await via.run(...head, ...options, 'STREAMS', ...streams, ...ids))
  }
  return {
    join: async () => {
      const all = (await redis.run<string[]>('SMEMBERS', EVENT_TYPES)).map(streamOf)
      for (const stream of all.filter((one) => !streams.includes(one))) {
        await makeGroup(redis, stream, group)
        streams.push(stream)
      }
      return streams.length
    },
    fresh: (block) => read(waiting, '>', ['BLOCK', block]),
    unsettled: () => read(redis, '0', []),
    settle: async (deliveries) => {
      if (deliveries.length > 0) await redis.together(acknowledgements(group, deliveries))
    },
    giveUp: async (delivery, reason) => {
      const { stream, entry, text = '' } = delivery
      const fields = [EVENT_FIELD, text, 'stream', stream, 'entry', entry, 'reason', reason.slice(0, 1000)]
      const keep: RedisCommand = ['XADD', deadLettersOf(group), 'MAXLEN', '~', DEAD_LETTERS, '*', ...fields]
      await redis.together([keep, ['XACK', stream, group, entry]])
    },
    attempts: async ({ stream, entry }) => {
      const [pending] = await redis.run<[string, string, number, number][]>('XPENDING', stream, group, entry, entry, 1)
      return pending?.[3] ?? 0
    },
    takeOver: async (idle) => {
      let taken = 0
      for (const stream of streams) taken += await claim(redis, stream, { group, consumer, idle })
      return taken
    },
  }
}

async function claim(redis: RedisConnection, stream: string, from: Reader & { idle: number }): Promise<number> {
  const { group, consumer, idle } = from
  const command: RedisCommand = ['XAUTOCLAIM', stream, group, consumer, idle, '0', 'COUNT', COUNT, 'JUSTID']
  const [, entries] = await redis.run<[string, string[]]>(...command)
  return entries.length
}

async function makeGroup(redis: RedisConnection, stream: string, group: string): Promise<void> {
  try {
    await redis.run('XGROUP', 'CREATE', stream, group, '0', 'MKSTREAM')
  } catch (error) {
    if (!refusedByRedis(error, 'BUSYGROUP')) throw error
  }
}

function acknowledgements(group: string, deliveries: readonly Delivery[]): RedisCommand[] {
  const byStream = Map.groupBy(deliveries, ({ stream }) => stream)
  return [...byStream].map(([stream, list]) => ['XACK', stream, group, ...list.map(({ entry }) => entry)])
}

type Reply = readonly [stream: string, entries: readonly [entry: string, fields: readonly string[] | null][]][]

function deliveriesIn(reply: unknown): Delivery[] {
  return ((reply ?? []) as Reply).flatMap(([stream, entries]) =>
    entries.map(([entry, fields]) => {
      const place = fields?.indexOf(EVENT_FIELD) ?? -1
      const text = place < 0 ? undefined : fields?.[place + 1]
      return { stream, entry, text, envelope: readEnvelope(text) }
    }),
  )
}
