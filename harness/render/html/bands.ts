// The lanes of a timeline that hold stretches and moments: phases, faults, alerts, deliveries.
import { wordOf } from '../../model/fault.ts'
import type { DrillRecord } from '../../model/record.ts'
import { alertTracks, receiverTracks } from '../tracks.ts'
import type { ReceiverTrack, Stretch, Told } from '../tracks.ts'
import { html } from './markup.ts'
import type { Markup } from './markup.ts'
import { DOT, isOn, sinceOrigin, tenth, xOf } from './plot.ts'
import type { Axis, Lane } from './plot.ts'

const HEIGHT = 22
/** A lane beyond these would only make the picture longer; the words below it name all. */
const MOST_ALERTS = 14
const LEAST_WIDTH = 1.5
/** A word needs this much room for each of its letters. */
const LETTER = 7

export function phaseLane({ phases }: DrillRecord, axis: Axis): Lane {
  const body = (['baseline', 'fault', 'recovery'] as const).flatMap((phase) => {
    const window = phases[phase]
    return window === undefined ? [] : [bar(axis, { ...window, look: `phase ${phase}`, word: phase })]
  })
  return { label: 'phase', height: HEIGHT, body: html`${body}` }
}

export function faultLanes({ faults, phases }: DrillRecord, axis: Axis): readonly Lane[] {
  return faults.flatMap(({ fault, target, appliedAt, revertedAt }) => {
    if (appliedAt === undefined) return []
    const to = revertedAt ?? phases.recovery?.to ?? phases.fault?.to ?? appliedAt
    const word = revertedAt === undefined ? 'never reverted' : 'applied'
    return [{ label: `${wordOf(fault)} on ${target}`, height: HEIGHT, body: bar(axis, { from: appliedAt, to, look: 'fault', word }) }]
  })
}

/** Those that the drill asks for come first. */
export function alertLanes(record: DrillRecord, axis: Axis): readonly Lane[] {
  const asked = new Set(record.criteria.flatMap((one) => ('alert' in one && one.kind !== 'heartbeat-arrives' ? [one.alert] : [])))
  const seen = alertTracks(record).filter(({ stretches }) => stretches.some((one) => isOn(axis, one)))
  const ordered = [...seen.filter(({ alert }) => asked.has(alert)), ...seen.filter(({ alert }) => !asked.has(alert))]
  const beating = new Set(record.criteria.flatMap((one) => (one.kind === 'heartbeat-arrives' ? [one.alert] : [])))
  return ordered.slice(0, MOST_ALERTS).map(({ alert, label, stretches }) => {
    const own = stretches.filter((one) => isOn(axis, one))
    const look = beating.has(alert) ? 'steady' : undefined
    return { label: dotted(label), height: HEIGHT, body: html`${own.map((one) => stretch(axis, one, look))}` }
  })
}

/** `SlowResponseTime{service=sample}` -> `SlowResponseTime · sample`, for room is short. */
function dotted(label: string): string {
  return label.replace(/\{service=(.*)\}$/s, `${DOT}$1`)
}

/** A heartbeat fires as long as all is well, so it does not look like an alarm. */
function stretch(axis: Axis, { state, from, to }: Stretch, look: string = state): Markup {
  return bar(axis, { from, to, look, word: state })
}

interface Bar {
  readonly from: number
  readonly to: number
  readonly look: string
  readonly word: string
}

function bar(axis: Axis, { from, to, look, word }: Bar): Markup {
  const x = xOf(axis, from)
  const width = tenth(Math.max(LEAST_WIDTH, xOf(axis, to) - x))
  const told = width > word.length * LETTER + 8 ? html`<text class="in ${look}" x="${tenth(x + 5)}" y="15">${word}</text>` : html``
  return html`<rect class="${look}" x="${x}" y="3" width="${width}" height="16"><title>${word}, ${sinceOrigin(axis, from)} to ${sinceOrigin(axis, to)}</title></rect>${told}`
}

export function deliveryLanes(record: DrillRecord, axis: Axis): readonly Lane[] {
  return receiverTracks(record).flatMap((track) => {
    const body = momentsOf(track, axis).map(([at, own]) => sign(axis, at, own))
    return body.length === 0 ? [] : [{ label: `told ${track.label}`, height: HEIGHT, body: html`${body}` }]
  })
}

/** One mark for what came together, and of what lies on the same spot only the first. */
function momentsOf({ told }: ReceiverTrack, axis: Axis): readonly (readonly [number, readonly Told[]])[] {
  const seen = told.filter(({ at }) => isOn(axis, { from: at, to: at }))
  const spots = Map.groupBy(seen, ({ at, status }) => `${status} ${Math.round(xOf(axis, at) / 3)}`)
  return [...spots.values()].map((own) => [own[0]?.at ?? axis.from, own] as const)
}

function sign(axis: Axis, at: number, own: readonly Told[]): Markup {
  const x = xOf(axis, at)
  const firing = own[0]?.status === 'firing'
  const shape = firing ? `M${tenth(x - 5)} 17L${x} 6L${tenth(x + 5)} 17Z` : `M${tenth(x - 5)} 6L${x} 17L${tenth(x + 5)} 6Z`
  const names = [...new Set(own.map(({ alert }) => alert))]
  const said = `${names.slice(0, 4).join(', ')}${names.length > 4 ? ` and ${names.length - 4} more` : ''}`
  return html`<path class="told ${firing ? 'firing' : 'resolved'}" d="${shape}"><title>${said} ${firing ? 'firing' : 'resolved'}, ${sinceOrigin(axis, at)}</title></path>`
}
