// Which dependencies the traces of a drill show, held against the edges of its stack.
import type { EvidenceOf, SpanFact, Window } from '../model/evidence.ts'
import { calledEdges, parseEdge } from '../model/span-edges.ts'
import type { Stack } from '../model/stack.ts'
import { exceptDeadline, poll } from '../time/poll.ts'
import { searchSpans } from './jaeger-api.ts'
import { eachLimited } from './limited.ts'
import { observe, type ProbeContext } from './probe.ts'

type Value = EvidenceOf<'traced-edges'>['value']

/** So many traces of each service are read for what they show; a rare edge is then asked for by name. */
const TRACES_PER_SERVICE = 100
const IN_FLIGHT = 4
/** Spans of the last operations are still on their way. */
const ARRIVAL_MS = 6_000

/** Not covered when Jaeger did not answer; an edge that is not seen is evidence, not a gap. */
export async function probeTracedEdges(context: ProbeContext, window: Window): Promise<EvidenceOf<'traced-edges'>> {
  const expected = tracedEdges(context.rig.stack)
  const nothing: Value = { window, expected, seen: [], strangers: [], silent: [] }
  const seen = await observe(context.signal, nothing, async () => ({ value: await readEdges(context, window, expected) }))
  return { probe: 'traced-edges', ...seen }
}

/** The edges of services that export spans: those with an edge to the tracing back-end, which is none of them itself. */
export function tracedEdges({ edges, harness }: Pick<Stack, 'edges' | 'harness'>): readonly string[] {
  const [collector] = harness.observers.jaeger.split(':')
  const traced = new Set(edges.filter(({ to }) => to === collector).map(({ from }) => from))
  return edges.filter(({ from, to }) => traced.has(from) && to !== collector).map(({ name }) => name)
}

async function readEdges(context: ProbeContext, window: Window, expected: readonly string[]): Promise<Value> {
  const services = [...new Set(expected.map(callerOf))]
  const silent = new Set<string>()
  const seen = new Set<string>()
  const look = (spans: readonly SpanFact[]) => calledEdges(spans).forEach((edge) => seen.add(edge))
  await eachLimited(services, IN_FLIGHT, async (service) => {
    const spans = await searchSpans(context, { service, ...window, most: TRACES_PER_SERVICE })
    if (!spans.some((span) => span.service === service)) silent.add(service)
    look(spans)
  })
  const missing = () => expected.filter((edge) => !seen.has(edge) && !silent.has(callerOf(edge)))
  await askByName({ context, window, missing, look })
  const known = new Set(context.rig.stack.edges.map(({ name }) => name))
  const strangers = [...seen].filter((edge) => !known.has(edge)).toSorted()
  return { window, expected, seen: expected.filter((edge) => seen.has(edge)), strangers, silent: [...silent].toSorted() }
}

interface Asking {
  readonly context: ProbeContext
  readonly window: Window
  missing(): readonly string[]
  look(spans: readonly SpanFact[]): void
}

/** Looks for each edge that is still missing, for a while; throws what Jaeger said last when that left some unseen. */
async function askByName({ context, window, missing, look }: Asking): Promise<void> {
  const { clock, signal } = context
  let failure: unknown
  const ask = async (edge: string) => look(await searchSpans(context, { ...callOf(edge), ...window, most: 3 }))
  const round = async () => {
    failure = await eachLimited(missing(), IN_FLIGHT, ask).then(() => undefined, (thrown: unknown) => thrown)
    return missing().length === 0
  }
  await poll({ clock, signal, within: ARRIVAL_MS, every: 1_000, what: 'every edge in traces' }, round).catch(exceptDeadline)
  if (failure !== undefined && missing().length > 0) throw failure
}

function callerOf(edge: string): string {
  return parseEdge(edge).from
}

/** How the caller names its callee in the span of a call. */
function callOf(edge: string) {
  const { from: service, to } = parseEdge(edge)
  return { service, attributes: { 'peer.service': to } }
}
