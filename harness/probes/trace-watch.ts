// When a trace counts as complete: it has stopped growing, and no span waits for a parent that never came.
import type { Phase } from '../model/criterion.ts'
import type { SpanFact, TraceFact } from '../model/evidence.ts'

/** One operation of the load whose trace is looked for. */
export interface AskedTrace {
  readonly trace: string
  readonly t: number
  readonly op: string
  readonly phase: Phase | 'other'
}

/** What the looks at one trace have shown so far. */
export interface TraceWatch {
  readonly asked: AskedTrace
  readonly spans: readonly SpanFact[]
  /** When the first look saw this number of spans. */
  readonly since: number
  readonly complete: boolean
  /** Why the last look failed; undefined when it did not. */
  readonly failure: string | undefined
}

export interface Completeness {
  /** How long the number of spans must stay the same; longer than the slowest service takes to export its spans. */
  readonly quietMs: number
  /** The service that the load calls. The parent of its server span is the load's own root, which nobody exports. */
  readonly entry: string
}

interface Look {
  readonly spans: readonly SpanFact[]
  readonly now: number
}

/** A trace before its first look, which is not the same as one that was not found. */
export function unseen(asked: AskedTrace): TraceWatch {
  return { asked, spans: [], since: 0, complete: false, failure: 'not looked at before the deadline' }
}

/** The watch after a look that found `spans` at time `now`. */
export function looked(watch: TraceWatch, look: Look, rules: Completeness): TraceWatch {
  // Never backwards: a trace that is found no more was evicted, and what had been seen of it was seen.
  if (look.spans.length === 0 && watch.spans.length > 0) return { ...watch, since: look.now, failure: undefined }
  const grown = look.spans.length !== watch.spans.length
  const since = grown ? look.now : watch.since
  const quiet = !grown && look.now - since >= rules.quietMs
  const complete = quiet && look.spans.length > 0 && orphansOf(look.spans, rules.entry) === 0
  return { asked: watch.asked, spans: look.spans, since, complete, failure: undefined }
}

/** Spans whose parent is not in the trace, the entry service's own server spans aside: their parent is the load. */
export function orphansOf(spans: readonly SpanFact[], entry: string): number {
  const ids = new Set(spans.map(({ id }) => id))
  return spans.filter(({ parent, kind, service }) => {
    return parent !== '' && !ids.has(parent) && !(kind === 'server' && service === entry)
  }).length
}

export function traceFact({ asked, spans, complete }: TraceWatch, { entry }: Completeness): TraceFact {
  const { trace: id, t, phase, op } = asked
  return { id, t, phase, op, complete, orphans: orphansOf(spans, entry), spans }
}
