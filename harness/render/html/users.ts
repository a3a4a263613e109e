// What users got, as two lanes: the share of operations that went wrong, and how long the slow ones took.
import type { LoadBucket } from '../../model/evidence.ts'
import { qualityOf, SECOND } from '../../model/load-quality.ts'
import { evidenceOf } from '../../model/record.ts'
import type { DrillRecord } from '../../model/record.ts'
import { pathOf, yOf } from './curve.ts'
import type { Point, Scale } from './curve.ts'
import { html } from './markup.ts'
import { isOn, LEFT, NUMBERS, tenth, xOf } from './plot.ts'
import type { Axis, Lane } from './plot.ts'

const HEIGHT = 52
/** A single slow answer among few is not to flatten all others: the scale ends a little above the slowest second. */
const HEADROOM = 1.1

export function bucketsOf(record: Pick<DrillRecord, 'entries'>): readonly LoadBucket[] {
  return evidenceOf(record, 'load').flatMap(({ evidence }) => evidence.value.buckets)
}

export function userLanes(record: DrillRecord, axis: Axis): readonly Lane[] {
  const seen = bucketsOf(record).filter(({ t, good, bad, unknown }) => good + bad + unknown > 0 && isOn(axis, { from: t, to: t + SECOND }))
  if (seen.length === 0) return []
  const errors = seen.map((bucket): Point => [bucket.t + SECOND / 2, 100 * (1 - (qualityOf([bucket])?.good ?? 1))])
  const p95 = seen.map(({ t, p95: ms }): Point => [t + SECOND / 2, ms])
  const slowest = Math.max(10, ...p95.map(([, ms]) => ms)) * HEADROOM
  return [
    laneOf(axis, errors, { label: 'users: errors', unit: '%', high: 100, look: 'errors' }),
    laneOf(axis, p95, { label: 'users: p95', unit: 'ms', high: slowest, look: 'p95' }),
  ]
}

interface Look {
  readonly label: string
  readonly unit: string
  readonly high: number
  readonly look: string
}

function laneOf(axis: Axis, points: readonly Point[], { label, unit, high, look }: Look): Lane {
  const scale: Scale = { low: 0, high, height: HEIGHT - 18 }
  const top = Math.max(...points.map(([, value]) => value))
  const shape = look === 'errors' ? html`<path class="area errors" d="${areaOf(axis, scale, points)}"></path>` : html`<path class="line p95" d="${pathOf(axis, scale, points)}"></path>`
  const body = html`<g transform="translate(0 14)"><path class="grid" d="M${LEFT} ${scale.height}H${NUMBERS}"></path>${shape}<text class="value" x="${NUMBERS}" y="-3" text-anchor="end">highest ${top < 10 && top > 0 ? tenth(top) : Math.round(top)} ${unit}</text></g>`
  return { label, height: HEIGHT, body }
}

/** Each second stands for itself: an area of steps, which leaves out the seconds without an operation. */
function areaOf(axis: Axis, scale: Scale, points: readonly Point[]): string {
  return points.filter(([, value]) => value > 0).map(([t, value]) => {
    const [from, to] = [xOf(axis, t - SECOND / 2), xOf(axis, t + SECOND / 2)]
    return `M${from} ${scale.height}V${yOf(scale, value)}H${to}V${scale.height}`
  }).join('')
}
