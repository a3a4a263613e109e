// What the steps of a run share once its stack is started.
import type { Happening } from '../model/entry.ts'
import type { EvidenceOf, Labels } from '../model/evidence.ts'
import type { K6 } from '../model/k6.ts'
import type { Scripts } from '../model/script.ts'
import type { Rig } from '../model/stack.ts'
import type { Clock } from '../time/clock.ts'
import type { Receivers } from '../faults/fault-kind.ts'
import type { ProxyControl } from '../faults/proxy-control.ts'
import type { UndoLog } from './undo-log.ts'

/** What a command hands to a run: the outside world, and nothing else reads it. */
export interface World {
  readonly root: string
  readonly clock: Clock
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal
  /** Told, once for each thing that can be left, what a second Ctrl-C would leave behind. */
  onLeft(left: () => readonly string[]): void
}

export interface Session {
  readonly world: World
  readonly run: string
  readonly directory: string
  readonly acceleration: number
  /** Whether the end of a service is noticed. */
  readonly watched: boolean
  readonly rig: Rig
  readonly control: ProxyControl
  readonly scripts: Scripts
  readonly undoLog: UndoLog
  /** Which k6 drives the drills; undefined when there are none. */
  readonly k6: K6 | undefined
  /** Where the stack left its state: the directory of the run that started it. */
  readonly stackDirectory: string
  readonly deliveries: Deliveries
  /** Receivers of notifications, which a fault can break; the sinks of this run. */
  readonly receivers: Receivers
}

/** Notifications as they arrive, to know when all is quiet again. Judgement reads the journal instead. */
export interface Deliveries {
  add(delivery: EvidenceOf<'delivery'>['value']): void
  /** Alerts that a receiver was told fire and has not been told resolved, by each channel. */
  open(): readonly { readonly alert: string; readonly labels: Labels }[]
}

/** Of the alert that always fires nothing is tracked. */
export function trackDeliveries(always?: string): Deliveries {
  const open = new Map<string, { readonly alert: string; readonly labels: Labels }>()
  return {
    add: ({ receiver, channel, notifications }) => {
      for (const { alert, labels, status } of notifications) {
        if (alert === always) continue
        const key = JSON.stringify([receiver, channel, alert, Object.entries(labels).sort()])
        if (status === 'firing') open.set(key, { alert, labels })
        else open.delete(key)
      }
    },
    open: () => [...open.values()],
  }
}

/** Appends to the journal on behalf of one drill, or of the run. */
export type Append = (happening: Happening) => void
