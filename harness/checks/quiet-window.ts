// A time of a drill in which nothing was done to the system, fully watched, and what fired in it all the same.
import { alertIsAllowed } from '../model/criterion.ts'
import type { AlertMatcher } from '../model/criterion.ts'
import { evidenceOf, offsetOf } from '../model/record.ts'
import type { DrillRecord } from '../model/record.ts'
import type { DrillHistory } from '../model/run-history.ts'
import { isCovered } from './coverage-of-faults.ts'

/**
 * The baseline of a drill with faults, the whole of one without; undefined when others ran beside it, when it was not
 * fully watched, when something fired before it began, or when its load alone may set off alerts.
 */
export function quietWindowOf(record: DrillRecord): DrillHistory['quiet'] {
  const window = record.phases.baseline
  const faulty = record.drill.faults.length > 0
  const besides = record.entries.some((entry) => entry.type === 'drill-opened' && (entry.beside ?? []).length > 0)
  if (window === undefined || record.closed?.reason !== 'completed' || besides || (!faulty && ownOf(record).length > 0)) return undefined
  if (!isCovered(record, window)) return undefined
  const offset = offsetOf(record, 'prometheus') ?? 0
  const always = alwaysAllowed(record)
  const firing = (evidenceOf(record, 'alerts').at(-1)?.evidence.value.series ?? []).filter((one) => one.state === 'firing' && !alertIsAllowed(one, always))
  const spans = firing.flatMap((one) => one.spans.map(({ from, to }) => ({ alert: one.alert, from: from - offset, to: to - offset })))
  if (spans.some(({ from, to }) => from <= window.from && to >= window.from)) return undefined
  const fired = new Set(spans.filter(({ from }) => from > window.from && from <= window.to).map(({ alert }) => alert))
  return { what: faulty ? 'baseline' : 'drill', ms: window.to - window.from, fired: [...fired].sort() }
}

/** Alerts that the drill itself brings about, or may. */
function ownOf({ drill, criteria }: DrillRecord): readonly AlertMatcher[] {
  const expected = criteria.flatMap((one) => (one.kind === 'alert-fires' || one.kind === 'alert-inhibited' ? [{ alert: one.alert, labels: one.labels }] : []))
  return [...expected, ...drill.allow]
}

/** What may fire in any drill, such as the heartbeat: allowed, and not on account of this one. */
function alwaysAllowed(record: DrillRecord): readonly AlertMatcher[] {
  const own = ownOf(record).map(keyOf)
  const allow = record.criteria.flatMap((one) => (one.kind === 'others-silent' ? one.allow : []))
  return allow.filter((one) => {
    const at = own.indexOf(keyOf(one))
    if (at >= 0) own.splice(at, 1)
    return at < 0
  })
}

function keyOf({ alert, labels = {} }: AlertMatcher): string {
  return JSON.stringify([alert, Object.entries(labels).sort()])
}
