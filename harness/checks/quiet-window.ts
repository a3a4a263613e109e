// A time of a drill in which nothing was done to the system, fully watched, and what fired in it all the same.
import { alertIsAllowed, expectedIn } from '../model/criterion.ts'
import type { AlertMatcher } from '../model/criterion.ts'
import type { Window } from '../model/evidence.ts'
import { evidenceOf, offsetOf } from '../model/record.ts'
import type { DrillRecord } from '../model/record.ts'
import type { DrillHistory } from '../model/run-history.ts'
import { isCovered } from './coverage-of-faults.ts'

/**
 * The baseline of a drill with faults, the whole of one without; undefined when a drill beside it was disturbing by then,
 * when it was not fully watched, when something fired before it began, or when its load alone may set off alerts.
 * `drills` are those of the run.
 */
export function quietWindowOf(record: DrillRecord, drills: readonly DrillRecord[] = []): DrillHistory['quiet'] {
  const window = record.phases.baseline
  const faulty = record.drill.faults.length > 0
  if (window === undefined || record.closed?.reason !== 'completed' || (!faulty && ownOf(record).length > 0)) return undefined
  if (besideOf(record, drills).some((other) => disturbs(other, window.to)) || !isCovered(record, window)) return undefined
  const spans = spansFiring(record)
  if (spans.some(({ from, to }) => from <= window.from && to >= window.from)) return undefined
  const fired = new Set(spans.filter(({ from }) => from > window.from && from <= window.to).map(({ alert }) => alert))
  return { what: faulty ? 'baseline' : 'drill', ms: window.to - window.from, fired: [...fired].sort() }
}

function besideOf({ entries }: DrillRecord, drills: readonly DrillRecord[]): readonly DrillRecord[] {
  const ids = entries.flatMap((entry) => (entry.type === 'drill-opened' ? (entry.beside ?? []) : []))
  return drills.filter(({ id }) => ids.includes(id))
}

/** Drills side by side begin together, but their baselines are not of one length. */
function disturbs(other: DrillRecord, until: number): boolean {
  if (other.drill.faults.length === 0) return ownOf(other).length > 0
  return other.entries.some(({ type, at }) => type === 'fault-applying' && at <= until)
}

/** On our clock, without what may fire in any drill. */
function spansFiring(record: DrillRecord): readonly (Window & { readonly alert: string })[] {
  const offset = offsetOf(record, 'prometheus') ?? 0
  const always = alwaysAllowed(record)
  const series = evidenceOf(record, 'alerts').at(-1)?.evidence.value.series ?? []
  const firing = series.filter((one) => one.state === 'firing' && !alertIsAllowed(one, always))
  return firing.flatMap(({ alert, spans }) => spans.map(({ from, to }) => ({ alert, from: from - offset, to: to - offset })))
}

/** Alerts that the drill itself brings about, or may. */
function ownOf({ drill, criteria }: DrillRecord): readonly AlertMatcher[] {
  return [...expectedIn(criteria), ...drill.allow]
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
