// The value behind each expected alert against its threshold: why it fired, or why it did not.
import { alertIsAllowed } from '../../model/criterion.ts'
import type { EvidenceOf, PointSeries } from '../../model/evidence.ts'
import { evidenceOf, offsetOf } from '../../model/record.ts'
import type { DrillRecord } from '../../model/record.ts'
import { numeral } from './curve.ts'
import type { Point } from './curve.ts'
import { measureLane } from './measure.ts'
import type { Curves } from './measure.ts'
import { isOn } from './plot.ts'
import type { Axis, Lane } from './plot.ts'

const MOST_OTHERS = 4

export type Signal = EvidenceOf<'rule-signal'>['value']

/** The last look at each expression: an alert may be made by several rules. */
export function signalsOf(record: DrillRecord): readonly Signal[] {
  const all = evidenceOf(record, 'rule-signal').map(({ evidence }) => evidence.value)
  return [...new Map(all.map((one) => [JSON.stringify([one.alert, one.left, one.comparator, one.threshold]), one])).values()]
}

export interface SignalSeries {
  readonly labels: PointSeries['labels']
  readonly points: readonly Point[]
  /** Whether the drill asks for the alert with these labels. */
  readonly wanted: boolean
}

/** On our clock; those that the drill asks for come first. */
export function seriesOf(signal: Signal, record: DrillRecord): readonly SignalSeries[] {
  const offset = offsetOf(record, 'prometheus') ?? 0
  const wanted = record.criteria.flatMap((one) => (one.kind === 'alert-fires' && one.alert === signal.alert ? [{ alert: one.alert, ...(one.labels && { labels: known(one.labels, signal) }) }] : []))
  const all = signal.series.map(({ labels, points }) => {
    return { labels, points: points.map(([t, value]): Point => [t - offset, value]), wanted: alertIsAllowed({ alert: signal.alert, labels }, wanted) }
  })
  return [...all.filter((one) => one.wanted), ...all.filter((one) => !one.wanted)]
}

/** Labels that a rule sets itself are not on its series. */
function known(labels: Readonly<Record<string, string>>, { series }: Signal): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => series.some((one) => name in one.labels)))
}

export function signalLanes(record: DrillRecord, axis: Axis): readonly Lane[] {
  return signalsOf(record).flatMap((signal) => {
    const all = seriesOf(signal, record)
    const first = all.filter(({ wanted }) => wanted).slice(0, MOST_OTHERS)
    const drawn = [...first, ...all.filter((one) => !first.includes(one)).slice(0, MOST_OTHERS)]
    const values = drawn.flatMap(({ points }) => points.filter(([t]) => isOn(axis, { from: t, to: t })).map(([, value]) => value)).filter(Number.isFinite)
    return values.length === 0 ? [] : [laneOf(signal, { axis, drawn, values })]
  })
}

function laneOf(signal: Signal, curves: Curves): Lane {
  const { alert, comparator, threshold, partial } = signal
  const limits = comparator === '' ? [] : [{ value: threshold, words: `fires ${sayComparator(comparator)} ${numeral(threshold)}${partial ? ', with more conditions' : ''}` }]
  return measureLane(`value of ${alert}`, limits, curves)
}

const COMPARATORS: Readonly<Record<string, string>> = { '>': 'above', '<': 'below', '>=': 'from', '<=': 'down from', '==': 'at', '!=': 'anywhere but at' }

export function sayComparator(comparator: string): string {
  return COMPARATORS[comparator] ?? comparator
}
