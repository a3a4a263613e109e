// The stages an expected alert went through, and when, counted from the fault or from its end.
import type { Window } from '../model/evidence.ts'
import type { MeasuredTime } from '../model/finding.ts'
import type { Limits, Stage } from './alert-limits.ts'
import type { AlertSight, Delivered, Expected } from './alert-sight.ts'
import { carries, keyOf } from './labels.ts'

/** When each stage was reached, on our clock; undefined when it was not. */
export type Moments = Readonly<Record<Stage, number | undefined>>

export interface StageFact {
  readonly stage: Stage
  readonly word: string
  readonly name: string
  /** What its time is counted from: the fault, or its end. */
  readonly from: keyof Window
}

const STAGES: readonly StageFact[] = [
  { stage: 'pending', word: 'pending', name: 'fault to pending', from: 'from' },
  { stage: 'firing', word: 'firing', name: 'fault to firing', from: 'from' },
  { stage: 'delivered', word: 'delivered', name: 'fault to delivered', from: 'from' },
  { stage: 'resolved', word: 'resolved', name: 'end of fault to resolved', from: 'to' },
  { stage: 'resolvedDelivered', word: 'resolved delivered', name: 'end of fault to resolved delivered', from: 'to' },
]

/** A fault of the way that notifications go can only be told of once it is over. */
export function stagesOf({ messenger = false }: Pick<Expected, 'messenger'>): readonly StageFact[] {
  if (!messenger) return STAGES
  return STAGES.map((one) => (one.stage === 'delivered' ? { ...one, name: 'end of fault to delivered', from: 'to' as const } : one))
}

export function momentsOf({ labels, receiver, channel }: Expected, sight: AlertSight): Moments {
  const own = sight.stretches.filter((stretch) => carries(stretch.labels, labels))
  const firing = own.filter(({ state }) => state === 'firing')
  const delivered = sight.deliveries.filter(
    (one) => carries(one.notification.labels, labels) && isTold(one, { receiver, channel }),
  )
  return {
    pending: own[0]?.from,
    firing: firing[0]?.from,
    delivered: delivered.find(({ notification }) => notification.status === 'firing')?.at,
    resolved: resolvedAt(firing, sight),
    resolvedDelivered: resolvedDeliveredAt(delivered),
  }
}

/** Whether it went to whom, and by what, the criterion asks for. */
export function isTold(one: Delivered, { receiver, channel }: Pick<Expected, 'receiver' | 'channel'>): boolean {
  return one.receiver === (receiver ?? one.receiver) && one.channel === (channel ?? one.channel)
}

/** The first evaluation that no longer had any of them; undefined while one still fires at the end of the watch. */
function resolvedAt(firing: readonly Window[], { rules, watchedTo }: AlertSight): number | undefined {
  if (firing.length === 0) return undefined
  const interval = Math.max(...rules.map(({ intervalMs }) => intervalMs))
  const last = Math.max(...firing.map(({ to }) => to))
  return last + interval > watchedTo ? undefined : last + interval
}

/** When the last of all delivered label sets was called resolved, by each channel it came by; undefined while one of them never was. */
function resolvedDeliveredAt(delivered: readonly Delivered[]): number | undefined {
  const sets = [...Map.groupBy(delivered, ({ channel = '', notification }) => channel + keyOf(notification.labels)).values()]
  const ends = sets.map((set) => {
    const firing = set.findLastIndex(({ notification }) => notification.status === 'firing')
    return firing < 0
      ? -Infinity
      : set.find(({ notification }, index) => index > firing && notification.status === 'resolved')?.at
  })
  const known = ends.filter((end) => end !== undefined)
  const last = known.length < ends.length ? undefined : Math.max(-Infinity, ...known)
  return last === -Infinity ? undefined : last
}

/** One measured time for each stage that was reached. */
export function timesOf(
  moments: Moments,
  sight: Pick<AlertSight, 'fault' | 'limits' | 'stages'>,
  limited: ReadonlySet<Stage>,
): readonly MeasuredTime[] {
  return sight.stages.flatMap(({ stage, name, from }) => {
    const at = moments[stage]
    if (at === undefined) return []
    return [{ name, ms: sinceFault(at, sight.fault[from]), ...limitOf(sight.limits, stage, limited) }]
  })
}

function limitOf(limits: Limits, stage: Stage, limited: ReadonlySet<Stage>): { readonly limitMs?: number } {
  return limited.has(stage) ? { limitMs: limits[stage] } : {}
}

/** Applying a fault takes a moment, in which a stage may already be reached. */
export function sinceFault(at: number, origin: number): number {
  return Math.max(0, at - origin)
}
