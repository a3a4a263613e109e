// Do traces show what happened on an edge? Only traces that arrived whole can say that something was not there.
import type { CriterionOf } from '../model/criterion.ts'
import { humanDuration } from '../model/duration.ts'
import type { SpanFact, TraceFact } from '../model/evidence.ts'
import { evidenceOf } from '../model/record.ts'
import type { DrillRecord } from '../model/record.ts'
import { brokenOff, edgesSeen, parseEdge, spansByService, spansOn } from '../model/span-edges.ts'
import type { Edge } from '../model/span-edges.ts'
import { spanMatches } from '../model/span-match.ts'
import { fail, inconclusive, pass } from './outcome.ts'
import type { Check } from './outcome.ts'
import { count, sayList } from './wording.ts'

type Wanted = CriterionOf<'trace-shows'>

export const traceShows: Check<'trace-shows'> = {
  describe: (criterion) => `traces of the ${criterion.during ?? 'fault'} phase show at least ${sayWanted(criterion)}`,
  judge(criterion, record) {
    const sight = look(criterion, record)
    if (sight === undefined) return inconclusive('no traces were recorded')
    const { whole, lines } = sight
    const onEdge = whole.flatMap((trace) => spansOn(parseEdge(criterion.edge), trace))
    const found = onEdge.filter((span) => spanMatches(span, criterion))
    const seen = `${count(found.length, 'span')} in ${count(whole.length, 'complete trace')}`
    if (found.length >= (criterion.atLeast ?? 1)) return pass(`found ${seen}, such as ${example(found)}`, { lines })
    const doubt = doubtOf(sight)
    if (doubt !== undefined) return inconclusive(`found ${seen}; ${doubt}`, { lines })
    return fail(`found ${seen}; ${insteadOf(criterion, { whole, onEdge, found })}`, { lines })
  },
}

interface Sight {
  readonly whole: readonly TraceFact[]
  readonly incomplete: number
  readonly notFound: number
  readonly asked: number
  readonly missing: string | undefined
  readonly lines: readonly number[]
}

function look(criterion: Wanted, record: DrillRecord): Sight | undefined {
  const looks = evidenceOf(record, 'traces')
  if (looks.length === 0) return undefined
  const traces = [
    ...new Map(
      looks.flatMap(({ evidence }) => evidence.value.traces.map((trace) => [trace.id, trace] as const)),
    ).values(),
  ]
  const ofPhase = traces.filter(({ phase }) => phase === (criterion.during ?? 'fault'))
  const arrived = new Set(traces.map(({ id }) => id))
  const uncovered = looks.find(({ evidence }) => !evidence.covered)?.evidence
  return {
    whole: ofPhase.filter(({ complete }) => complete),
    incomplete: ofPhase.filter(({ complete }) => !complete).length,
    notFound: new Set(looks.flatMap(({ evidence }) => evidence.value.notFound).filter((id) => !arrived.has(id))).size,
    asked: looks.reduce((sum, { evidence }) => sum + evidence.value.asked, 0),
    missing: uncovered && (uncovered.missing ?? 'Jaeger did not answer for all of them'),
    lines: looks.map(({ seq }) => seq),
  }
}

/** Why absence cannot be concluded. */
function doubtOf({ whole, incomplete, notFound, asked, missing }: Sight): string | undefined {
  if (asked === 0) return 'no trace was asked for'
  if (missing !== undefined) return `traces were not fully seen: ${missing}`
  if (incomplete > 0) return `${count(incomplete, 'trace')} of this phase never became complete`
  if (notFound > 0) return `${count(notFound, 'trace')} of ${asked} could not be found`
  return whole.length === 0 ? 'none of the traces asked for began in this phase' : undefined
}

interface Found {
  readonly whole: readonly TraceFact[]
  readonly onEdge: readonly SpanFact[]
  readonly found: readonly SpanFact[]
}

/** What was there instead of what was wanted. */
function insteadOf(criterion: Wanted, { whole, onEdge, found }: Found): string {
  if (onEdge.length === 0) return absence(criterion, whole)
  if (found.length > 0) return `at least ${criterion.atLeast ?? 1} wanted`
  const longest = onEdge.reduce((a, b) => (b.ms > a.ms ? b : a))
  const names = [...new Set(onEdge.map(({ name }) => name))]
  const errors = onEdge.filter(({ error }) => error).length
  const facts = [
    criterion.minDuration === undefined
      ? ''
      : `the longest took ${humanDuration(longest.ms)}, wanted at least ${criterion.minDuration}`,
    criterion.status === undefined ? '' : `${errors} with an error, ${onEdge.length - errors} without`,
    criterion.operation === undefined ? '' : `named ${sayList(names)}`,
  ]
  return `${count(onEdge.length, 'span')} on ${criterion.edge}: ${facts.filter(Boolean).join('; ')}`
}

function absence({ edge: text }: Wanted, whole: readonly TraceFact[]): string {
  const edge = parseEdge(text)
  const services = spansByService(whole)
  const seen = edgesSeen(whole)
  const calls = seen.length === 0 ? 'none' : sayList(seen)
  return `they hold ${holdings(services)}${reason(edge, { services, whole })}; calls seen: ${calls}`
}

function reason(
  { from, to }: Edge,
  { services, whole }: { services: ReadonlyMap<string, number>; whole: readonly TraceFact[] },
): string {
  if (!services.has(from)) return ` and none of ${from}: the trace context does not reach it, or it exports nothing`
  const lost = whole.flatMap((trace) => brokenOff({ from, to }, trace)).length
  const none = services.has(to) ? '' : ` and none of ${to}`
  const calls = `${count(lost, 'call')} of ${from} to ${to}`
  if (lost > 0) return `${none}: ${calls} went well, yet ${to} took up no trace: propagation is broken`
  return `${none}: ${from} made no call to ${to}`
}

function holdings(services: ReadonlyMap<string, number>): string {
  const said = [...services]
    .sort((a, b) => b[1] - a[1])
    .map(([service, amount]) => `${count(amount, 'span')} of ${service}`)
  return said.length === 0 ? 'no spans' : sayList(said)
}

function example(found: readonly SpanFact[]): string {
  const longest = found.reduce((a, b) => (b.ms > a.ms ? b : a))
  return `${longest.name} of ${humanDuration(longest.ms)}`
}

function sayWanted({ atLeast = 1, edge, operation, minDuration, status }: Wanted): string {
  const filters = [
    operation === undefined ? '' : ` named like "${operation}"`,
    minDuration === undefined ? '' : ` of at least ${minDuration}`,
    status === undefined ? '' : ` with status ${status}`,
  ]
  return `${count(atLeast, 'span')} of ${edge}${filters.join('')}`
}
