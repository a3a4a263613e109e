// A drill's timeline in words: what the picture shows, for those who cannot see it and for those who copy from it.
import { humanDuration } from '../../model/duration.ts'
import { wordOf } from '../../model/fault.ts'
import { bucketsAt, qualityOf, wholeSeconds } from '../../model/load-quality.ts'
import type { DrillRecord } from '../../model/record.ts'
import { alertTracks, receiverTracks } from '../tracks.ts'
import { numeral } from './curve.ts'
import { isOn } from './plot.ts'
import type { Axis } from './plot.ts'
import { sayComparator, seriesOf, signalsOf } from './signal.ts'
import { bucketsOf } from './users.ts'

export interface Happened {
  readonly at: number
  readonly what: string
}

/** In the order of time, of the same moment in that of cause and effect; only what lies on the axis. */
export function happeningsOf(record: DrillRecord, axis: Axis): readonly Happened[] {
  const all = [...phases(record), ...faults(record), ...alerts(record), ...told(record)]
  return all.filter(({ at }) => isOn(axis, { from: at, to: at })).toSorted((a, b) => a.at - b.at)
}

function phases(record: DrillRecord): readonly Happened[] {
  return (['baseline', 'fault', 'recovery'] as const).flatMap((phase) => {
    const window = record.phases[phase]
    return window === undefined ? [] : [{ at: window.from, what: `${phase} phase begins, ${humanDuration(window.to - window.from)} long` }]
  })
}

function faults({ faults: all }: DrillRecord): readonly Happened[] {
  return all.flatMap(({ fault, target, appliedAt, proof, revertedAt, goneProof }) => {
    const name = `${wordOf(fault)} on ${target}`
    const seen = proof === undefined ? 'never proved' : `${proof.holds ? 'proved' : 'not proved'}: ${proof.what}, ${proof.before} before, ${proof.seen} then`
    const gone = goneProof === undefined ? 'never seen to be gone' : `${goneProof.holds ? 'seen to be gone' : 'not gone'}: ${goneProof.seen}`
    const ended = revertedAt === undefined ? [] : [{ at: revertedAt, what: `${name} reverted; ${gone}` }]
    return appliedAt === undefined ? [] : [{ at: appliedAt, what: `${name} applied; ${seen}` }, ...ended]
  })
}

function alerts(record: DrillRecord): readonly Happened[] {
  return alertTracks(record).flatMap(({ label, stretches }) =>
    stretches.map(({ state, from, to }) => ({ at: from, what: `${label} is ${state} for ${humanDuration(to - from)}` })),
  )
}

/** What was told again is one line with the first. */
function told(record: DrillRecord): readonly Happened[] {
  return receiverTracks(record).flatMap(({ label, told: all }) => {
    const groups = Map.groupBy(all, ({ alert, status }) => `${alert} ${status}`)
    return [...groups].map(([what, own]) => ({ at: own[0]?.at ?? 0, what: `${label} is told: ${what}${own.length === 1 ? '' : `, ${own.length} times in all`}` }))
  })
}

/** One sentence for each phase: what users got in it. */
export function usersInWords(record: DrillRecord): readonly string[] {
  const buckets = bucketsOf(record)
  return (['baseline', 'fault', 'recovery'] as const).flatMap((phase) => {
    const window = record.phases[phase]
    const quality = window && qualityOf(bucketsAt(buckets, wholeSeconds(buckets, window)))
    return quality === undefined ? [] : [`${phase}: ${((1 - quality.good) * 100).toFixed(1)} % errors, p95 ${Math.round(quality.p95)} ms`]
  })
}

/** One sentence for each expected alert: how far its value went, and where it fires. */
export function signalsInWords(record: DrillRecord, axis: Axis): readonly string[] {
  return signalsOf(record).map((signal) => {
    const all = seriesOf(signal, record)
    const wanted = all.some((one) => one.wanted) ? all.filter((one) => one.wanted) : all
    const values = wanted.flatMap(({ points }) => points.flatMap(([t, value]) => (isOn(axis, { from: t, to: t }) && Number.isFinite(value) ? [value] : [])))
    const fires = signal.comparator === '' ? 'it has no threshold of its own' : `it fires ${sayComparator(signal.comparator)} ${numeral(signal.threshold)}${signal.partial ? ', with more conditions' : ''}`
    const range = values.length === 0 ? 'had no value' : `was between ${numeral(Math.min(...values))} and ${numeral(Math.max(...values))}`
    return `${signal.alert}: \`${signal.left}\` ${range}; ${fires}`
  })
}

