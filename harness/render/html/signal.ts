// The value behind each expected alert against its threshold: why it fired, or why it did not.
import { alertIsAllowed } from '../../model/criterion.ts'
import type { EvidenceOf, PointSeries } from '../../model/evidence.ts'
import { evidenceOf, offsetOf } from '../../model/record.ts'
import type { DrillRecord } from '../../model/record.ts'
import { numeral, pathOf, yOf } from './curve.ts'
import type { Point, Scale } from './curve.ts'
import { html } from './markup.ts'
import type { Markup } from './markup.ts'
import { isOn, LEFT, NUMBERS } from './plot.ts'
import type { Axis, Lane } from './plot.ts'

const HEIGHT = 74
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

interface Drawing {
  readonly axis: Axis
  readonly drawn: readonly SignalSeries[]
  readonly values: readonly number[]
}

function laneOf(signal: Signal, { axis, drawn, values }: Drawing): Lane {
  const threshold = signal.comparator === '' ? [] : [signal.threshold]
  const low = Math.min(0, ...values, ...threshold)
  const high = Math.max(...values, ...threshold)
  const scale: Scale = { low, high: high === low ? low + 1 : high, height: HEIGHT - 22 }
  const curves = drawn.toReversed().map(({ points, wanted }) => html`<path class="line ${wanted ? 'signal' : 'other'}" d="${pathOf(axis, scale, points)}"></path>`)
  const body = html`<g transform="translate(0 14)"><path class="grid" d="M${LEFT} ${scale.height}H${NUMBERS}"></path>${curves}${threshold.map((value) => thresholdLine(signal, value, scale))}<text class="value" x="${NUMBERS}" y="-3" text-anchor="end">highest ${numeral(Math.max(...values))}</text></g>`
  return { label: `value of ${signal.alert}`, height: HEIGHT, body }
}

function thresholdLine({ comparator, partial }: Signal, threshold: number, scale: Scale): Markup {
  const y = yOf(scale, threshold)
  return html`<path class="threshold" d="M${LEFT} ${y}H${NUMBERS}"></path><text class="value threshold" x="${LEFT + 4}" y="${y - 3}">fires ${sayComparator(comparator)} ${numeral(threshold)}${partial ? ', with more conditions' : ''}</text>`
}

const COMPARATORS: Readonly<Record<string, string>> = { '>': 'above', '<': 'below', '>=': 'from', '<=': 'down from', '==': 'at', '!=': 'anywhere but at' }

export function sayComparator(comparator: string): string {
  return COMPARATORS[comparator] ?? comparator
}
