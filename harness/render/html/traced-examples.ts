// For each claim about tracing one trace of the run, the one that shows most of what the claim speaks of.
import type { CheckOf } from '../../model/gate-check.ts'
import type { GateJudgement } from '../../model/gate-finding.ts'
import type { TraceFact } from '../../model/evidence.ts'
import { evidenceOf } from '../../model/record.ts'
import { calledEdges, parseEdge, spansOn } from '../../model/span-edges.ts'
import { matchNames } from '../../model/stack.ts'
import { html, prose } from './markup.ts'
import type { Markup } from './markup.ts'
import type { Shown } from './shown.ts'
import { stateOf } from '../gate-words.ts'
import { mark } from './verdict-mark.ts'
import { waterfall } from './waterfall.ts'

type Wanted = CheckOf<'traced'>

export function tracedExamples({ findings }: GateJudgement, shown: Shown): Markup {
  const asking = findings.flatMap((finding) => (finding.criterion.check?.kind === 'traced' && finding.how === 'judged' ? [{ finding, check: finding.criterion.check }] : []))
  if (asking.length === 0) return html``
  const all = shown.record.drills.flatMap((drill) => evidenceOf(drill, 'traces').flatMap(({ evidence }) => evidence.value.traces))
  const parts = asking.map(({ finding, check }) => {
    const trace = fullest(check, all)
    const picture = trace === undefined ? html`<p class="note">The drills of this run recorded no whole trace.</p>` : waterfall(`Trace ${trace.id} of ${trace.op}, for ${finding.criterion.id}`, { trace, meant: spansMeant(check, trace), matches: true })
    return html`<h3>${mark(stateOf(finding))} ${prose(finding.criterion.claim)}</h3>
${picture}`
  })
  return html`<details class="examples"><summary>An example of a trace for ${asking.length === 1 ? 'the claim' : `each of ${asking.length} claims`} about tracing</summary>
${parts}</details>
`
}

/** That with most of the services and calls; of several the longest. */
export function fullest({ services = [], edges = [] }: Wanted, all: readonly TraceFact[]): TraceFact | undefined {
  const whole = all.filter(({ complete, spans }) => complete && spans.length > 0)
  const shows = ({ spans }: TraceFact) => {
    const called = calledEdges(spans).map((name) => ({ name }))
    return services.filter((one) => spans.some(({ service }) => service === one)).length + edges.filter((edge) => matchNames(edge, called).length > 0).length
  }
  const ranked = whole.map((trace) => ({ trace, shown: shows(trace) }))
  return ranked.toSorted((a, b) => b.shown - a.shown || b.trace.spans.length - a.trace.spans.length || (a.trace.id < b.trace.id ? -1 : 1))[0]?.trace
}

function spansMeant({ edges = [] }: Wanted, trace: TraceFact): ReadonlySet<string> {
  const called = calledEdges(trace.spans).map((name) => ({ name }))
  const named = edges.flatMap((edge) => matchNames(edge, called).map(({ name }) => name))
  return new Set(named.flatMap((name) => spansOn(parseEdge(name), trace).map(({ id }) => id)))
}
