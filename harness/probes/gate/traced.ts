// Which services and which calls the traces of the everyday load show, and how long the longest of them is.
import { calledEdges, parseEdge } from '../../model/span-edges.ts'
import type { SpanFact } from '../../model/evidence.ts'
import type { CheckOf } from '../../model/gate-check.ts'
import { matchEdges, matchNames } from '../../model/stack.ts'
import { HarnessError } from '../../errors.ts'
import { exceptDeadline, poll } from '../../time/poll.ts'
import { searchTraces } from '../jaeger-api.ts'
import { eachLimited } from '../limited.ts'
import { observe } from '../probe.ts'
import { tracedEdges } from '../traced-edges.ts'
import type { GateProbe, GateScene } from './gate-probe.ts'

type Check = CheckOf<'traced'>
type Traces = Map<string, Map<string, SpanFact>>

const TRACES_PER_SERVICE = 40
const TRACES_PER_EDGE = 3
const IN_FLIGHT = 4
/** Real milliseconds: spans are on their way, and a rare call may not have been made yet. */
const ARRIVAL_MS = 10_000

/** Not covered when Jaeger did not answer; what no trace shows is evidence, not a gap. */
export const traced: GateProbe<'traced'> = (check, scene) =>
  observe(scene.signal, { services: [], edges: [], traces: 0, longest: 0 }, async () => {
    if (scene.loadFrom === undefined) throw new HarnessError('PROBE_UNREACHABLE', 'there is no load to look at')
    const traces: Traces = new Map()
    const round = async () => {
      await look(scene, check, traces)
      return isAll(check, summaryOf(traces))
    }
    const { clock, signal } = scene
    const all = await poll({ clock, signal, within: ARRIVAL_MS, every: 1_000, what: 'traces' }, round).catch(exceptDeadline)
    // a round that failed is not told from one that found nothing: then the last word is a look that may throw
    if (all !== true) await look(scene, check, traces)
    return { value: summaryOf(traces) }
  })

async function look(scene: GateScene, check: Check, traces: Traces): Promise<void> {
  const window = { from: scene.loadFrom ?? 0, to: scene.clock.now() }
  const ask = async (search: { readonly service: string; readonly most: number; readonly attributes?: Readonly<Record<string, string>> }) => {
    for (const [trace, spans] of await searchTraces(scene, { ...search, ...window })) {
      const known = traces.get(trace) ?? new Map<string, SpanFact>()
      spans.forEach((span) => known.set(span.id, span))
      traces.set(trace, known)
    }
  }
  const edges = edgesIn(check, scene)
  const services = new Set([...(check.services ?? []), ...edges.map((edge) => parseEdge(edge).from)])
  const asked = services.size > 0 ? [...services] : [...new Set(tracedEdges(scene.rig.stack).map((edge) => parseEdge(edge).from))]
  await eachLimited(asked, IN_FLIGHT, (service) => ask({ service, most: TRACES_PER_SERVICE }))
  const seen = new Set(summaryOf(traces).edges)
  const missing = edges.filter((edge) => !seen.has(edge)).map(parseEdge)
  await eachLimited(missing, IN_FLIGHT, ({ from, to }) => ask({ service: from, most: TRACES_PER_EDGE, attributes: { 'peer.service': to } }))
}

/** Every edge of the stack that a pattern may mean; one that the stack does not have is looked for all the same. */
function edgesIn({ edges = [] }: Check, { rig }: GateScene): readonly string[] {
  return edges.flatMap((pattern) => (pattern.includes('*') ? matchEdges(pattern, rig.stack.edges).map(({ name }) => name) : [pattern]))
}

function isAll({ services = [], edges = [], spans = 1 }: Check, seen: ReturnType<typeof summaryOf>): boolean {
  const named = seen.edges.map((name) => ({ name }))
  return services.every((service) => seen.services.includes(service)) && edges.every((edge) => matchNames(edge, named).length > 0) && seen.longest >= spans
}

function summaryOf(traces: Traces) {
  const each = [...traces.values()].map((spans) => [...spans.values()])
  return {
    services: [...new Set(each.flat().map(({ service }) => service))].toSorted(),
    edges: [...new Set(each.flatMap(calledEdges))].toSorted(),
    traces: each.length,
    longest: Math.max(0, ...each.map((spans) => spans.length)),
  }
}
