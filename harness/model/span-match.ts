// Whether a span is one that a criterion asks for: one meaning for the check and for the picture of its example.
import type { CriterionOf } from './criterion.ts'
import { parseDuration } from './duration.ts'
import type { SpanFact } from './evidence.ts'

/** The edge is not looked at: it takes the whole trace to tell. */
export function spanMatches(span: SpanFact, { operation, minDuration, status }: CriterionOf<'trace-shows'>): boolean {
  if (operation !== undefined && !span.name.includes(operation)) return false
  if (minDuration !== undefined && span.ms < parseDuration(minDuration)) return false
  return status === undefined || span.error === (status === 'error')
}
