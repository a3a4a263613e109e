// A drill as one picture: all lanes on one axis of time, so that cause and effect stand one above the other.
import type { Window } from '../../model/evidence.ts'
import type { DrillRecord } from '../../model/record.ts'
import { faultWindow } from '../../model/record.ts'
import { spanOf } from '../tracks.ts'
import { alertLanes, deliveryLanes, faultLanes, phaseLane } from './bands.ts'
import { boundLanes } from './bounds.ts'
import { html } from './markup.ts'
import type { Markup } from './markup.ts'
import { LEFT, WIDTH, labelOf, tenth, ticksOf, tickWord, xOf } from './plot.ts'
import type { Axis, Lane } from './plot.ts'
import { signalLanes } from './signal.ts'
import { userLanes } from './users.ts'

const HEAD = 22
const FOOT = 6

/** Undefined for a drill that never reached its baseline. Time is counted from the first fault, else from the baseline. */
export function axisOf(record: DrillRecord): Axis | undefined {
  const span = spanOf(record)
  return span && { ...span, origin: faultWindow(record)?.from ?? span.from }
}

/** `where` is the id of what says the same in words. */
export function timelineSvg(record: DrillRecord, where: string): Markup {
  const axis = axisOf(record)
  if (axis === undefined) return html`<p class="note">No picture: the drill never reached its baseline.</p>`
  const lanes = [phaseLane(record, axis), ...faultLanes(record, axis), ...alertLanes(record, axis), ...deliveryLanes(record, axis), ...userLanes(record, axis), ...signalLanes(record, axis), ...boundLanes(record, axis)]
  const height = HEAD + lanes.reduce((sum, lane) => sum + lane.height, 0) + FOOT
  return html`<div class="frame chart" role="region" tabindex="0" aria-label="Timeline of ${record.id}, a picture that may scroll">
<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Timeline of ${record.id}: ${lanes.map(({ label }) => label).join('; ')}. The same stands in words below." aria-details="${where}">
${shade(record, axis, height)}${ticks(axis, height)}${stacked(lanes)}</svg>
</div>
`
}

function shade(record: DrillRecord, axis: Axis, height: number): readonly Markup[] {
  return heldOf(record, axis).map(({ from, to }) => {
    const x = xOf(axis, from)
    return html`<rect class="shade" x="${x}" y="${HEAD}" width="${tenth(xOf(axis, to) - x)}" height="${height - HEAD - FOOT}"></rect>
`
  })
}

/** When something was wrong: faults that overlap are one stretch. */
export function heldOf({ faults, phases }: Pick<DrillRecord, 'faults' | 'phases'>, axis: Window): readonly Window[] {
  const all = faults.flatMap(({ appliedAt, revertedAt }) => (appliedAt === undefined ? [] : [{ from: appliedAt, to: revertedAt ?? phases.fault?.to ?? axis.to }]))
  return all.toSorted((a, b) => a.from - b.from).reduce<readonly Window[]>((held, one) => {
    const last = held.at(-1)
    if (last === undefined || one.from > last.to) return [...held, one]
    return [...held.slice(0, -1), { from: last.from, to: Math.max(last.to, one.to) }]
  }, [])
}

function ticks(axis: Axis, height: number): readonly Markup[] {
  return ticksOf(axis).map((t) => {
    const x = xOf(axis, t)
    const anchor = x < LEFT + 20 ? 'start' : x > WIDTH - 40 ? 'end' : 'middle'
    return html`<path class="tick${t === axis.origin ? ' origin' : ''}" d="M${x} ${HEAD - 4}V${height - FOOT}"></path><text class="time" x="${x}" y="12" text-anchor="${anchor}">${tickWord(axis, t)}</text>
`
  })
}

function stacked(lanes: readonly Lane[]): readonly Markup[] {
  let top = HEAD
  return lanes.map(({ label, height, body }) => {
    const y = top
    top += height
    return html`<g transform="translate(0 ${y})"><title>${label}</title>${labelOf(label, height / 2 + 4)}${body}</g>
`
  })
}
