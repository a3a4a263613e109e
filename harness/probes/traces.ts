// Follows known trace ids into Jaeger until each trace is complete, or until the deadline over all of them.
import { messageOf } from '../errors.ts'
import type { EvidenceOf } from '../model/evidence.ts'
import { exceptDeadline, poll } from '../time/poll.ts'
import { fetchTraceFrom, type FetchTrace } from './jaeger-api.ts'
import { eachLimited } from './limited.ts'
import { observe, type ProbeContext, type Seen } from './probe.ts'
import { looked, traceFact, unseen, type AskedTrace, type TraceWatch } from './trace-watch.ts'

const DEFAULTS = { deadlineMs: 15_000, quietMs: 1_000, concurrency: 8 } as const
const LONGEST_LOOK_MS = 5_000
/** With less time than this left, an answer cannot be expected. */
const SHORTEST_LOOK_MS = 100

export interface TracesQuery {
  readonly asked: readonly AskedTrace[]
  /** Over all ids together; 15 s when left out. */
  readonly deadlineMs?: number
  /** 1 s when left out. */
  readonly quietMs?: number
  /** Looks in flight at a time; 8 when left out. */
  readonly concurrency?: number
}

type Value = EvidenceOf<'traces'>['value']

/**
 * Not covered when the last look at any trace went without an answer. A trace that never got complete is evidence,
 * not a gap.
 */
export async function probeTraces(context: ProbeContext, query: TracesQuery): Promise<EvidenceOf<'traces'>> {
  const [, entry = ''] = context.rig.stack.harness.entry.split('->')
  const nothing: Value = { asked: query.asked.length, notFound: [], traces: [] }
  const following = { ...DEFAULTS, ...query, entry }
  const seen = await observe(context.signal, nothing, () => follow(context, following, fetchTraceFrom(context)))
  return { probe: 'traces', ...seen }
}

export type Following = Required<TracesQuery> & { readonly entry: string }

/** The probe without its network. */
export async function follow(
  { clock, signal }: Pick<ProbeContext, 'clock' | 'signal'>,
  query: Following,
  fetchTrace: FetchTrace,
): Promise<Seen<Value>> {
  const { deadlineMs, quietMs, concurrency, entry } = query
  const end = clock.now() + deadlineMs
  const watches = new Map(query.asked.map((asked) => [asked.trace, unseen(asked)]))
  const look = async (watch: TraceWatch) => {
    const left = end - clock.now()
    if (left >= SHORTEST_LOOK_MS) watches.set(watch.asked.trace, await lookAt(watch, left))
  }
  const lookAt = async (watch: TraceWatch, left: number): Promise<TraceWatch> => {
    try {
      const spans = await fetchTrace(watch.asked.trace, Math.min(left, LONGEST_LOOK_MS))
      return looked(watch, { spans, now: clock.now() }, { quietMs, entry })
    } catch (thrown) {
      signal.throwIfAborted()
      return { ...watch, failure: messageOf(thrown) }
    }
  }
  const round = async () => {
    await eachLimited(pending(watches), concurrency, look)
    return pending(watches).length === 0
  }
  const wait = { clock, signal, within: deadlineMs, every: Math.max(100, quietMs / 4), what: 'complete traces' }
  await poll(wait, round).catch(exceptDeadline)
  return reported([...watches.values()], query)
}

function pending(watches: ReadonlyMap<string, TraceWatch>): readonly TraceWatch[] {
  return [...watches.values()].filter(({ complete }) => !complete)
}

function reported(watches: readonly TraceWatch[], query: Following): Seen<Value> {
  const failed = watches.filter(({ failure }) => failure !== undefined)
  const found = watches.filter(({ spans }) => spans.length > 0)
  const notFound = watches.filter(({ spans, failure }) => spans.length === 0 && failure === undefined)
  const [first] = failed
  const missing = first && `${failed.length} of ${watches.length} traces could not be read: ${first.failure}`
  return {
    missing,
    value: {
      asked: watches.length,
      notFound: notFound.map(({ asked }) => asked.trace),
      traces: found.map((watch) => traceFact(watch, query)),
    },
  }
}
