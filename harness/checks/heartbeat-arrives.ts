// Did the alert that always fires keep arriving while nothing was wrong? Where it does not, silence of the others means nothing.
import type { Window } from '../model/evidence.ts'
import { faultWindow } from '../model/record.ts'
import type { DrillRecord } from '../model/record.ts'
import { endOf, sayWhen } from './disturbance.ts'
import { beatsOf, longestSilence } from './heartbeats.ts'
import { fail, inconclusive, pass } from './outcome.ts'
import type { Check } from './outcome.ts'
import { count, sayTime } from './wording.ts'

export const heartbeatArrives: Check<'heartbeat-arrives'> = {
  describe: ({ alert, receiver }) => `${alert}, which always fires, keeps arriving at ${receiver} before and after any fault`,
  judge(criterion, record) {
    const beats = beatsOf(criterion, record)
    const { limitMs, lines } = beats
    if (limitMs === undefined) return inconclusive(`how often ${criterion.receiver} is told again is not on record`)
    const calm = calmOf(record, limitMs)
    const silences = calm.map((window) => longestSilence(beats, window))
    const long = silences.find(({ from, to }) => to - from > limitMs)
    const say = (ms: number) => sayTime(ms, record.acceleration)
    if (long !== undefined)
      return fail(`${criterion.receiver} heard nothing of ${criterion.alert} for ${say(long.to - long.from)} ${sayWhen(long.from, record)}, allowed ${say(limitMs)}`, { lines })
    const heard = calm.some(({ from, to }) => beats.at.some((time) => time >= from && time <= to))
    if (!heard) return inconclusive(`it never came, and nothing was calm for longer than the ${say(limitMs)} that may pass from one to the next`, { lines })
    return pass(`${count(beats.at.length, 'time')}, at most ${say(Math.max(...silences.map(({ from, to }) => to - from)))} apart, allowed ${say(limitMs)}`, { lines })
  },
}

/** Before the first fault, and from when the next one is due after the last. */
function calmOf(record: DrillRecord, limitMs: number): readonly Window[] {
  const whole = { from: record.openedAt, to: endOf(record) }
  const hurt = faultWindow(record)
  if (hurt === undefined) return [whole]
  const after = Math.max(hurt.to, ...record.faults.flatMap(({ goneAt }) => goneAt ?? [])) + limitMs
  return [{ from: whole.from, to: hurt.from }, ...(after < whole.to ? [{ from: after, to: whole.to }] : [])]
}
