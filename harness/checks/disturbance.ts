// When a drill disturbed the system: what every "after the fault" is counted from.
import { humanDuration } from '../model/duration.ts'
import type { Window } from '../model/evidence.ts'
import { evidenceOf, faultWindow } from '../model/record.ts'
import type { DrillRecord, Lined } from '../model/record.ts'

export interface Disturbance {
  /** From the first fault applied to the last one reverted; the fault phase where the load is the disturbance. */
  readonly window: Window
  /** Nothing before this moment can come from the fault: the injector was first asked. */
  readonly beganAt: number
}

export function disturbanceOf(record: DrillRecord): Disturbance | undefined {
  const window = record.drill.faults.length > 0 ? faultWindow(record) : record.phases.fault
  if (window === undefined) return undefined
  const asked = record.entries.find(({ type }) => type === 'fault-applying')?.at ?? window.from
  return { window, beganAt: Math.min(asked, window.from) }
}

/** The disturbance as an observer meets it: until every fault was seen to be gone, which may be later than it was reverted. */
export function seenWindow({ window }: Disturbance, { faults }: DrillRecord): Window {
  return { from: window.from, to: Math.max(window.to, ...faults.flatMap(({ goneAt }) => goneAt ?? [])) }
}

/** The alerts that were active before anything was done to the system: the last snapshot before the disturbance. */
export function snapshotOf(record: DrillRecord): Lined<'active-alerts'> | undefined {
  const before = disturbanceOf(record)?.beganAt ?? Infinity
  return evidenceOf(record, 'active-alerts').findLast(({ at }) => at <= before)
}

/** When the watch over the drill ends: with its last phase. What comes after only reads and puts away. */
export function endOf(record: DrillRecord): number {
  return (
    record.phases.recovery?.to ??
    record.phases.fault?.to ??
    record.phases.baseline?.to ??
    record.closed?.at ??
    record.entries.at(-1)?.at ??
    record.openedAt
  )
}

const LATEST_FIRST = ['recovery', 'fault', 'baseline'] as const

/** `in the fault phase, 15.0 s after the fault`; a drill without a fault has only its phases. */
export function sayWhen(at: number, record: DrillRecord): string {
  const phase = LATEST_FIRST.find((name) => at >= (record.phases[name]?.from ?? Infinity)) ?? 'warm-up'
  const where = at > endOf(record) ? 'after the last phase' : `in the ${phase} phase`
  const began = disturbanceOf(record)?.window.from
  if (began === undefined) return where
  const distance = humanDuration(Math.abs(at - began))
  return `${where}, ${distance} ${at >= began ? 'after' : 'before'} the fault`
}
