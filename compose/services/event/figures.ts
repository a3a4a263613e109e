// Counts what lies in the streams and how far each group has come, for stats and metrics.
import { Gauge } from 'prom-client'
import { deadLettersOf, EVENT_TYPES, streamOf } from '../kit/event-streams.ts'
import type { Metrics } from '../kit/metrics.ts'
import type { RedisConnection } from '../kit/redis.ts'
import { readGroup, readStream, type GroupState } from './stream-info.ts'

/** What GET /api/v1/stats tells of the streams: over their whole life, not that of this process. */
export interface StreamTotals {
  readonly published: number
  readonly consumed: number
  /** Events that groups have given up. */
  readonly dead: number
}

/** The figures of all streams. */
export interface EventFigures {
  totals(): Promise<StreamTotals>
  /** Brings the gauges up to date. */
  refresh(): Promise<void>
}

/** Exports event_stream_length, event_group_lag and event_group_pending. */
export function createFigures(redis: RedisConnection, { service, registry }: Metrics): EventFigures {
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[]): Gauge<L> =>
    new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] })
  const length = gauge('event_stream_length', 'Events that lie in the stream of a type.', ['service', 'event_type'])
  const lag = gauge('event_group_lag', 'Events that a group has not read yet.', ['service', 'group'])
  const pending = gauge('event_group_pending', 'Events that a group has read and not settled.', ['service', 'group'])
  return {
    totals: async () => totalsOf(await look(redis), redis),
    refresh: async () => {
      const streams = await look(redis)
      for (const { type, size } of streams) length.set({ service, event_type: type }, size)
      for (const [group, sums] of byGroup(streams)) {
        lag.set({ service, group }, sums.lag)
        pending.set({ service, group }, sums.pending)
      }
    },
  }
}

interface Seen {
  readonly type: string
  readonly size: number
  readonly added: number
  readonly groups: readonly GroupState[]
}

async function look(redis: RedisConnection): Promise<Seen[]> {
  const types = await redis.run<string[]>('SMEMBERS', EVENT_TYPES)
  if (types.length === 0) return []
  const replies = await redis.together(
    types.flatMap((type) => [
      ['XINFO', 'STREAM', streamOf(type)] as const,
      ['XINFO', 'GROUPS', streamOf(type)] as const,
    ]),
  )
  return types.map((type, index) => {
    const { length, added } = readStream(replies[index * 2])
    const groups = (replies[index * 2 + 1] as unknown[]).map((reply) => readGroup(reply, added))
    return { type, size: length, added, groups }
  })
}

function byGroup(streams: readonly Seen[]): Map<string, { lag: number; pending: number }> {
  const sums = new Map<string, { lag: number; pending: number }>()
  for (const { name, lag, pending } of streams.flatMap(({ groups }) => groups)) {
    const sum = sums.get(name) ?? { lag: 0, pending: 0 }
    sums.set(name, { lag: sum.lag + lag, pending: sum.pending + pending })
  }
  return sums
}

async function totalsOf(streams: readonly Seen[], redis: RedisConnection): Promise<StreamTotals> {
  const groups = streams.flatMap((stream) => stream.groups)
  let dead = 0
  for (const name of new Set(groups.map((group) => group.name))) {
    dead += await redis.run<number>('XLEN', deadLettersOf(name))
  }
  return {
    published: streams.reduce((sum, { added }) => sum + added, 0),
    consumed: groups.reduce((sum, { read, pending }) => sum + read - pending, 0),
    dead,
  }
}
