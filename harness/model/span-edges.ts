// Finds the spans of one edge in traces: calls of the caller that the callee took up, or that could not be taken up.
import type { SpanFact, TraceFact } from './evidence.ts'

/** Database systems go by another name in spans than as services. */
const SYSTEM_NAMES: Readonly<Record<string, string>> = { postgresql: 'postgres' }
/** Callees that export no spans of their own, so that only the caller can tell of a call. */
const SILENT_CALLEES: ReadonlySet<string> = new Set([
  'postgres',
  'redis',
  'valkey',
  'mysql',
  'mariadb',
  'mongodb',
  'memcached',
])

export interface Edge {
  readonly from: string
  readonly to: string
}

export function parseEdge(text: string): Edge {
  const [from = '', to = ''] = text.split('->')
  return { from, to }
}

/**
 * The caller's spans of that edge. A call that only names a callee counts when it failed (the callee may never have
 * seen it) or when the callee is a store. A call that went well and was not taken up is no proof of the edge: its
 * trace was broken off there.
 */
export function spansOn(edge: Edge, trace: TraceFact): readonly SpanFact[] {
  return callsFrom(edge, trace).flatMap(({ span, takers }) => {
    const untraced = span.error || SILENT_CALLEES.has(edge.to)
    return takers.includes(edge.to) || untraced ? [span] : []
  })
}

/** The caller's spans that name the callee and went well, and yet were never taken up by it. */
export function brokenOff(edge: Edge, trace: TraceFact): readonly SpanFact[] {
  const proven = new Set(spansOn(edge, trace))
  return callsFrom(edge, trace).flatMap(({ span }) => (proven.has(span) ? [] : [span]))
}

/** `api-gateway->auth x12`, most frequent first. */
export function edgesSeen(traces: readonly TraceFact[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const { span, takers, named } of traces.flatMap(callsOf)) {
    const name = `${span.service}->${takers[0] ?? (named || 'somebody unnamed')}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name, amount]) => `${name} x${amount}`)
}

/** Every edge that calls show: taken up by their callee, or of a store. A step without a callee, such as a batch of calls, is none. */
export function calledEdges(spans: readonly SpanFact[]): readonly string[] {
  const edges = callsOf({ spans }).flatMap(({ span, takers, named }) => {
    const callees = takers.length > 0 ? takers : SILENT_CALLEES.has(named) ? [named] : []
    return callees.map((to) => `${span.service}->${to}`)
  })
  return [...new Set(edges)]
}

/** How many spans each service contributed. */
export function spansByService(traces: readonly TraceFact[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { service } of traces.flatMap(({ spans }) => spans)) counts.set(service, (counts.get(service) ?? 0) + 1)
  return counts
}

interface Call {
  readonly span: SpanFact
  /** The services whose server span is a child of the call. */
  readonly takers: readonly string[]
  /** The callee as the caller names it; empty when it does not. */
  readonly named: string
}

function callsFrom({ from, to }: Edge, trace: TraceFact): readonly Call[] {
  return callsOf(trace).filter(
    ({ span, takers, named }) => span.service === from && (named === to || takers.includes(to)),
  )
}

function callsOf(trace: Pick<TraceFact, 'spans'>): readonly Call[] {
  const takers = Map.groupBy(
    trace.spans.filter(({ kind }) => kind === 'server' || kind === 'consumer'),
    ({ parent }) => parent,
  )
  const calls = trace.spans.filter(({ kind }) => kind === 'client' || kind === 'producer')
  return calls.map((span) => ({
    span,
    takers: (takers.get(span.id) ?? []).map(({ service }) => service),
    named: SYSTEM_NAMES[span.peer] ?? span.peer,
  }))
}
