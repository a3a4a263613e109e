// The alert that always fires, as it reaches its receiver: whoever waits for it learns from its absence that alerting is dead.
import type { Heartbeat } from '../model/criterion.ts'
import { SEND_MS } from '../model/deadline.ts'
import type { DrillRecord } from '../model/record.ts'
import { evidenceOf } from '../model/record.ts'
import type { Window } from '../model/evidence.ts'

export interface Beats {
  /** When it arrived, on our clock. */
  readonly at: readonly number[]
  readonly lines: readonly number[]
  /**
   * The longest time from one to the next: an unchanged group is sent again at the first tick of group_interval after repeat_interval.
   * Undefined where the waits of its receiver are not on record.
   */
  readonly limitMs: number | undefined
}

export function beatsOf({ alert, receiver }: Heartbeat, record: DrillRecord): Beats {
  const own = evidenceOf(record, 'delivery').filter(({ evidence: { value } }) => value.receiver === receiver && value.notifications.some((one) => one.alert === alert && one.status === 'firing'))
  const facts = evidenceOf(record, 'rules').at(-1)?.evidence.value.receivers.find((fact) => fact.receiver === receiver)
  const limitMs = facts?.repeatIntervalMs === undefined ? undefined : facts.repeatIntervalMs + 2 * facts.groupIntervalMs + SEND_MS
  return { at: own.map(({ at }) => at), lines: [...own.slice(0, 1), ...own.slice(1).slice(-1)].map(({ seq }) => seq), limitMs }
}

/** The longest stretch of the window without one. */
export function longestSilence({ at }: Beats, { from, to }: Window): Window {
  const marks = [from, ...at.filter((time) => time > from && time < to), to]
  const stretches = marks.slice(1).map((end, i) => ({ from: marks[i] ?? from, to: end }))
  return stretches.reduce((a, b) => (b.to - b.from > a.to - a.from ? b : a), { from, to: from })
}
