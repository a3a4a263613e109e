// What alerts did and who was told of them in one drill, on our clock: what every picture of a drill draws.
import { evidenceOf, offsetOf } from '../model/record.ts'
import type { DrillRecord } from '../model/record.ts'
import type { Window } from '../model/evidence.ts'

export interface Stretch extends Window {
  readonly state: 'pending' | 'firing'
}

export interface AlertTrack {
  readonly alert: string
  /** With the service, where it has one. */
  readonly label: string
  /** Pending ones first. */
  readonly stretches: readonly Stretch[]
}

export interface Told {
  readonly at: number
  readonly status: 'firing' | 'resolved'
  readonly alert: string
}

export interface ReceiverTrack {
  /** With the channel, where it is no webhook. */
  readonly label: string
  readonly told: readonly Told[]
}

/** The end of a drill's picture is the end of its last phase; undefined for a drill that never reached its baseline. */
export function spanOf({ phases: { baseline, fault, recovery } }: Pick<DrillRecord, 'phases'>): Window | undefined {
  const to = recovery?.to ?? fault?.to ?? baseline?.to
  return baseline === undefined || to === undefined || to <= baseline.from ? undefined : { from: baseline.from, to }
}

export function alertTracks(record: DrillRecord): readonly AlertTrack[] {
  const offset = offsetOf(record, 'prometheus') ?? 0
  const series = evidenceOf(record, 'alerts').at(-1)?.evidence.value.series ?? []
  const byLabel = Map.groupBy(series, ({ alert, labels }) => (labels.service ? `${alert}{service=${labels.service}}` : alert))
  return [...byLabel].map(([label, own]) => {
    const ordered = own.toSorted((a, b) => (a.state === b.state ? 0 : a.state === 'pending' ? -1 : 1))
    const stretches = ordered.flatMap(({ state, spans }) => spans.map(({ from, to }) => ({ state, from: from - offset, to: to - offset })))
    return { alert: own[0]?.alert ?? label, label, stretches }
  })
}

export function receiverTracks(record: DrillRecord): readonly ReceiverTrack[] {
  const byReceiver = Map.groupBy(evidenceOf(record, 'delivery'), ({ evidence: { value } }) => {
    return `${value.receiver}${value.channel === undefined || value.channel === 'webhook' ? '' : ` (${value.channel})`}`
  })
  return [...byReceiver].map(([label, deliveries]) => {
    const told = deliveries.flatMap(({ at, evidence }) => evidence.value.notifications.map(({ status, alert }) => ({ at, status, alert })))
    return { label, told }
  })
}
