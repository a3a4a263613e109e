// A lane of curves against the lines they must not cross, or have to: what alerts and bounds of values share.
import { numeral, pathOf, yOf } from './curve.ts'
import type { Point, Scale } from './curve.ts'
import { html } from './markup.ts'
import type { Markup } from './markup.ts'
import { LEFT, NUMBERS } from './plot.ts'
import type { Axis, Lane } from './plot.ts'

const HEIGHT = 74

export interface Curves {
  readonly axis: Axis
  /** Those that are meant first. */
  readonly drawn: readonly { readonly points: readonly Point[]; readonly wanted: boolean }[]
  /** All values that are on the axis; never empty. */
  readonly values: readonly number[]
}

export interface Limit {
  readonly value: number
  readonly words: string
}

export function measureLane(label: string, limits: readonly Limit[], { axis, drawn, values }: Curves): Lane {
  const all = [...values, ...limits.map(({ value }) => value)]
  const low = Math.min(0, ...all)
  const high = Math.max(...all)
  const scale: Scale = { low, high: high === low ? low + 1 : high, height: HEIGHT - 22 }
  const curves = drawn.toReversed().map(({ points, wanted }) => html`<path class="line ${wanted ? 'signal' : 'other'}" d="${pathOf(axis, scale, points)}"></path>`)
  const body = html`<g transform="translate(0 14)"><path class="grid" d="M${LEFT} ${scale.height}H${NUMBERS}"></path>${curves}${limits.map((limit) => limitLine(limit, scale))}<text class="value" x="${NUMBERS}" y="-3" text-anchor="end">highest ${numeral(Math.max(...values))}</text></g>`
  return { label, height: HEIGHT, body }
}

function limitLine({ value, words }: Limit, scale: Scale): Markup {
  const y = yOf(scale, value)
  return html`<path class="threshold" d="M${LEFT} ${y}H${NUMBERS}"></path><text class="value threshold" x="${LEFT + 4}" y="${y - 3}">${words}</text>`
}
