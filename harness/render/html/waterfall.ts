// One trace for each criterion that asks for spans: the call it means, where it stands in its operation, and how long everything took.
import type { CriterionOf } from '../../model/criterion.ts'
import { humanDuration } from '../../model/duration.ts'
import type { SpanFact, TraceFact } from '../../model/evidence.ts'
import type { JudgedDrill } from '../../model/finding.ts'
import { evidenceOf } from '../../model/record.ts'
import type { DrillRecord } from '../../model/record.ts'
import { parseEdge, spansOn } from '../../model/span-edges.ts'
import { spanMatches } from '../../model/span-match.ts'
import { amountOf } from './amount.ts'
import { tenth } from './plot.ts'
import { html, prose } from './markup.ts'
import type { Markup } from './markup.ts'
import { tableOf } from './table.ts'
import { mark } from './verdict-mark.ts'

type Wanted = CriterionOf<'trace-shows'>

const MOST_SPANS = 40
const DEEPEST = 12
const BAR = 320

export interface Example {
  readonly trace: TraceFact
  /** The spans that the criterion asks for; when there are none, those of its edge. */
  readonly meant: ReadonlySet<string>
  readonly matches: boolean
}

export function waterfalls(record: DrillRecord, { findings }: Pick<JudgedDrill, 'findings'>): Markup {
  const parts = findings.flatMap(({ criterion, verdict, sentence }) => {
    if (criterion.kind !== 'trace-shows') return []
    const example = exampleOf(criterion, record)
    const head = html`<h4>${mark(verdict)} An example: ${prose(sentence)}</h4>
`
    return [example === undefined ? html`${head}<p class="note">No trace of this phase was recorded.</p>` : html`${head}${waterfall(`Trace ${example.trace.id} of ${example.trace.op}, for ${criterion.edge}`, example)}`]
  })
  return html`${parts}`
}

/** The trace with the longest span that is asked for, else the longest on that edge, else any that began in this phase. */
export function exampleOf(criterion: Wanted, record: DrillRecord): Example | undefined {
  const all = evidenceOf(record, 'traces').flatMap(({ evidence }) => evidence.value.traces)
  const own = all.filter(({ phase, complete }) => complete && phase === (criterion.during ?? 'fault'))
  const candidates = own.map((trace): Example & { readonly longest: number } => {
    const edge = spansOn(parseEdge(criterion.edge), trace)
    const wanted = edge.filter((span) => spanMatches(span, criterion))
    const meant = wanted.length > 0 ? wanted : edge
    return { trace, meant: new Set(meant.map(({ id }) => id)), matches: wanted.length > 0, longest: Math.max(-1, ...meant.map(({ ms }) => ms)) }
  })
  const rank = (one: Example) => (one.matches ? 2 : one.meant.size > 0 ? 1 : 0)
  return candidates.toSorted((a, b) => rank(b) - rank(a) || b.longest - a.longest)[0]
}

/** One trace, span by span; those that are meant say so. */
export function waterfall(caption: string, { trace, meant, matches }: Example): Markup {
  const spans = inOrder(trace.spans)
  const from = Math.min(...trace.spans.map(({ startMs }) => startMs))
  const to = Math.max(...trace.spans.map(({ startMs, ms }) => startMs + ms))
  const kept = keptOf(spans, meant)
  const rows = kept.map(({ span, depth }) => ({
    cells: [
      html`<span class="depth d${Math.min(DEEPEST, depth)}"></span>${span.service}: ${span.name}${meant.has(span.id) ? html` <strong>${matches ? 'asked for' : 'on the edge'}</strong>` : html``}${span.error ? html` <strong class="fail-word">✕ error</strong>` : html``}`,
      span.kind,
      `+${humanDuration(span.startMs - from)}`,
      humanDuration(span.ms),
      barOf(span, { from, to, look: span.error ? 'failed' : meant.has(span.id) ? 'meant' : '' }),
    ],
  }))
  const left = trace.spans.length - kept.length
  return html`${tableOf({ caption, head: ['span', 'kind', 'began', 'took', 'when'], rows, look: 'waterfall' })}${left > 0 ? html`<p class="note">${amountOf(left, 'more span')} in the trace.</p>` : html``}`
}

interface Placed {
  readonly span: SpanFact
  readonly depth: number
}

/** A caller before those it calls, in the order in which they began. */
function inOrder(spans: readonly SpanFact[]): readonly Placed[] {
  const ids = new Set(spans.map(({ id }) => id))
  const below = Map.groupBy(spans.toSorted((a, b) => a.startMs - b.startMs), ({ parent }) => (ids.has(parent) ? parent : ''))
  const seen = new Set<string>()
  const walk = (parent: string, depth: number): readonly Placed[] =>
    (below.get(parent) ?? []).flatMap((span) => {
      if (seen.has(span.id)) return []
      seen.add(span.id)
      return [{ span, depth }, ...walk(span.id, depth + 1)]
    })
  return walk('', 0)
}

/** The first ones, and those that are meant wherever they stand. */
function keptOf(all: readonly Placed[], meant: ReadonlySet<string>): readonly Placed[] {
  return all.filter(({ span }, index) => index < MOST_SPANS || meant.has(span.id)).slice(0, 2 * MOST_SPANS)
}

function barOf({ startMs, ms }: SpanFact, { from, to, look }: { readonly from: number; readonly to: number; readonly look: string }): Markup {
  const scale = to > from ? BAR / (to - from) : 0
  return html`<svg viewBox="0 0 ${BAR} 12" preserveAspectRatio="none" class="bar" aria-hidden="true"><rect class="${look}" x="${tenth((startMs - from) * scale)}" y="2" width="${tenth(Math.max(1.5, ms * scale))}" height="8"></rect></svg>`
}
