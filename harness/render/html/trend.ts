// What became of one thing over many runs, in a line of signs: told apart by height as well as by colour, and said in words.
import { humanDuration } from '../../model/duration.ts'
import type { Verdict } from '../../model/verdict.ts'
import { html } from './markup.ts'
import type { Markup } from './markup.ts'
import { tenth } from './plot.ts'

/** More would be too small to be told apart. */
const MOST = 40
const STEP = 6
const HEIGHT = 20
const WIDTH = MOST * STEP

export interface Come {
  readonly run: string
  readonly verdict: Verdict
}

/** Oldest first; a pass is low and a failure tall, so that what went wrong stands out. */
export function verdictTrend(all: readonly Come[]): Markup {
  const shown = all.slice(-MOST)
  const tally = (['pass', 'fail', 'inconclusive'] as const).map((verdict) => ({ verdict, amount: shown.filter((one) => one.verdict === verdict).length }))
  const said = tally.filter(({ amount }) => amount > 0).map(({ verdict, amount }) => `${amount} ${verdict}`)
  const tall: Readonly<Record<Verdict, number>> = { pass: 6, inconclusive: 12, fail: 18 }
  const bars = shown.map(({ run, verdict }, index) => {
    const height = tall[verdict]
    return html`<rect class="come ${verdict}" x="${index * STEP}" y="${HEIGHT - height}" width="${STEP - 1}" height="${height}"><title>${run}: ${verdict}</title></rect>`
  })
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" class="trend" role="img" aria-label="The last ${shown.length}, oldest first: ${said.join(', ')}">${bars}</svg>`
}

export interface Taken {
  readonly run: string
  /** Production milliseconds. */
  readonly ms: number
}

/** From nothing at the bottom to the slowest at the top. */
export function timeTrend(all: readonly Taken[], what: string): Markup {
  const shown = all.slice(-MOST)
  const slowest = Math.max(1, ...shown.map(({ ms }) => ms))
  const place = ({ ms }: Taken, index: number) => ({ x: index * STEP + STEP / 2, y: tenth(HEIGHT - 2 - (ms / slowest) * (HEIGHT - 5)) })
  const path = shown.map((one, index) => `${index === 0 ? 'M' : 'L'}${place(one, index).x} ${place(one, index).y}`).join('')
  const dots = shown.map((one, index) => html`<circle cx="${place(one, index).x}" cy="${place(one, index).y}" r="2"><title>${one.run}: ${humanDuration(one.ms)}</title></circle>`)
  const range = shown.length === 0 ? 'never' : `from ${humanDuration(Math.min(...shown.map(({ ms }) => ms)))} to ${humanDuration(slowest)}`
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" class="trend" role="img" aria-label="${what}, the last ${shown.length}, oldest first: ${range}"><path class="grid" d="M0 ${HEIGHT - 1.5}H${WIDTH}"></path><path class="line" d="${path}"></path>${dots}</svg>`
}

export function medianOf(all: readonly number[]): number {
  const sorted = all.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = 0, high = low] = sorted.length % 2 === 0 ? sorted.slice(middle - 1, middle + 1) : [sorted[middle] ?? 0]
  return (low + high) / 2
}
