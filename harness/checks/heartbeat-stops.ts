// Does whoever waits for the alert that always fires learn that alerting is dead? It has to stop while the fault holds.
import { faultWindow } from '../model/record.ts'
import { beatsOf, longestSilence } from './heartbeats.ts'
import { fail, inconclusive, pass } from './outcome.ts'
import type { Check } from './outcome.ts'
import { sayTime } from './wording.ts'

export const heartbeatStops: Check<'heartbeat-stops'> = {
  describe: ({ alert, receiver }) => `${alert}, which always fires, stops arriving at ${receiver} while the fault holds`,
  judge(criterion, record) {
    const beats = beatsOf(criterion, record)
    const { limitMs, lines } = beats
    const hurt = faultWindow(record)
    if (hurt === undefined) return inconclusive('nothing was done to the system')
    if (limitMs === undefined) return inconclusive(`how often ${criterion.receiver} is told again is not on record`)
    if (!beats.at.some((time) => time < hurt.from)) return inconclusive(`${criterion.alert} had not arrived at ${criterion.receiver} before the fault either`)
    const say = (ms: number) => sayTime(ms, record.acceleration)
    const silence = longestSilence(beats, { from: Math.max(...beats.at.filter((time) => time < hurt.from)), to: hurt.to })
    const lasted = silence.to - silence.from
    if (lasted > limitMs) return pass(`nothing came for ${say(lasted)}; whoever waits knows after ${say(limitMs)}`, { lines })
    if (hurt.to - hurt.from <= limitMs) return inconclusive(`the fault held for ${say(hurt.to - hurt.from)}, ${say(limitMs)} may pass from one to the next: hold it longer`, { lines })
    return fail(`it kept arriving, at most ${say(lasted)} apart, allowed ${say(limitMs)}`, { lines })
  },
}
