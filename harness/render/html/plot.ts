// The frame that all pictures of a drill share: one axis of time, lanes one above the other, and their numbers.
import { humanDuration } from '../../model/duration.ts'
import type { Window } from '../../model/evidence.ts'
import { html } from './markup.ts'
import type { Markup } from './markup.ts'

/** In units of the picture, which is as wide as its place. A letter takes up to 7.5 across. */
export const WIDTH = 960
export const LEFT = 268
const RIGHT = 948
/** Where the numbers of a scale end. */
export const NUMBERS = RIGHT
const MOST_LABEL = 34
export const DOT = ' · '

/** `origin` is where counting begins: the fault. */
export interface Axis extends Window {
  readonly origin: number
}

export interface Lane {
  readonly label: string
  readonly height: number
  /** What is in it, from its own upper edge. */
  readonly body: Markup
}

export function xOf(axis: Axis, t: number): number {
  const share = (t - axis.from) / (axis.to - axis.from)
  return tenth(LEFT + Math.min(1, Math.max(0, share)) * (RIGHT - LEFT))
}

/** Short numbers keep the page small. */
export function tenth(value: number): number {
  return Math.round(value * 10) / 10
}

export function isOn(axis: Axis, { from, to }: Window): boolean {
  return to >= axis.from && from <= axis.to
}

/** `+41.2 s`, counted from the origin. */
export function sinceOrigin(axis: Axis, t: number): string {
  const ms = t - axis.origin
  return `${ms < 0 ? '−' : '+'}${humanDuration(Math.abs(ms))}`
}

/** What follows the dot, a service, is never cut: it tells lanes of one alert apart. */
export function labelOf(text: string, y: number): Markup {
  const [name = '', ...rest] = text.split(DOT)
  const end = rest.map((part) => `${DOT}${part}`).join('')
  const room = Math.max(8, MOST_LABEL - end.length)
  const short = `${name.length > room ? `${name.slice(0, room - 1)}…` : name}${end}`.slice(0, MOST_LABEL)
  return html`<text class="label" x="${LEFT - 10}" y="${tenth(y)}" text-anchor="end">${short}</text>`
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400].map((seconds) => seconds * 1_000)
const MOST_TICKS = 9

/** `+5 s`: a round moment needs no fraction. */
export function tickWord(axis: Axis, t: number): string {
  return t === axis.origin ? '0' : sinceOrigin(axis, t).replace(/\.0(?= s$)/, '')
}

/** Round moments before and after the origin. */
export function ticksOf(axis: Axis): readonly number[] {
  const length = axis.to - axis.from
  const step = STEPS.find((one) => length / one <= MOST_TICKS) ?? length
  const first = Math.ceil((axis.from - axis.origin) / step)
  const last = Math.floor((axis.to - axis.origin) / step)
  return Array.from({ length: last - first + 1 }, (_, index) => axis.origin + (first + index) * step)
}
