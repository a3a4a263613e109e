// Which alerts fired while something was done to the system, by the last look at their history.
import type { AlertSpans, Window } from './evidence.ts'
import { evidenceOf, offsetOf } from './record.ts'
import type { DrillRecord } from './record.ts'

/** Firing series that overlap a window of our clock; undefined when nobody looked. */
export function alertsDuring(record: DrillRecord, window: Window): readonly AlertSpans[] | undefined {
  const look = evidenceOf(record, 'alerts').at(-1)
  if (look === undefined) return undefined
  const offset = offsetOf(record, 'prometheus') ?? 0
  const overlaps = ({ from, to }: Window) => to - offset >= window.from && from - offset <= window.to
  return look.evidence.value.series.filter(({ state, spans }) => state === 'firing' && spans.some(overlaps))
}

/** Those that began to fire in the window: what was firing before, a heartbeat above all, was not brought about by what was done. */
export function alertsBegun(record: DrillRecord, window: Window): readonly AlertSpans[] {
  const offset = offsetOf(record, 'prometheus') ?? 0
  const began = ({ from }: Window) => from - offset >= window.from && from - offset <= window.to
  return (alertsDuring(record, window) ?? []).filter(({ spans }) => spans.some(began))
}
