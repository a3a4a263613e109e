// The machinery that all toxics share: what differs between them is a name, attributes, and how their bite looks.
import type { Fault } from '../model/fault.ts'
import { parseDuration } from '../model/duration.ts'
import type { Look } from '../probes/edge.ts'
import type { Manner } from '../probes/edge-hello.ts'
import { looksFor } from './chance.ts'
import type { FaultKind, Judge, RefOf } from './fault-kind.ts'
import type { ToxicType } from './proxy-api.ts'
import { lookAtEdge } from './target-look.ts'

/** The faults that are toxics: all those with a toxicity. */
export type ToxicFault = Extract<Fault, { toxicity?: number | undefined }>

/** What one toxic adds to the machinery. */
export interface ToxicTraits<F extends ToxicFault> {
  readonly type: ToxicType
  /** As Toxiproxy's API wants them: milliseconds, bytes, KB/s; slicer's delay in microseconds. */
  attributes(fault: F): Readonly<Record<string, number>>
  /** What happens to the traffic, such as "arrive 1.5 s late"; the subject comes before it. */
  effect(fault: F): string
  manner(fault: F): Manner
  /**
   * Milliseconds by which one look is expected to differ; small ones take several looks. Infinity: no matter of
   * timing.
   */
  strengthMs(fault: F): number
  /** Whether every look that is hit shows it; true when left out. */
  steady?(fault: F): boolean
  judge(fault: F): Pick<Judge, 'patienceMs' | 'blind' | 'bites' | 'gone'>
}

/** `harness-0-latency`: the name under which a fault's toxic is found again, by us and by `harness undo`. */
export function toxicName(ref: { readonly index: number; readonly fault: { readonly kind: string } }): string {
  return `harness-${ref.index}-${ref.fault.kind}`
}

/** A fault kind out of the traits of its toxic. */
export function toxicKind<F extends ToxicFault>(traits: ToxicTraits<F>): FaultKind<F> {
  return {
    describe: (fault) => sentence(fault, traits.effect(fault)),
    undo: (ref) => ({ action: 'remove-toxic', edge: ref.target, toxic: toxicName(ref) }),
    apply: (ref, world, signal) => world.control.addToxic(ref.target, toxicOf(ref, traits), signal),
    look: (ref, glance) => lookAtEdge(ref.target, traits.manner(ref.fault), glance),
    judge: (fault) => {
      const judge = traits.judge(fault)
      const blind: Judge['blind'] = (before) =>
        fault.toxicity === 0 ? 'toxicity 0 hits no connection' : judge.blind(before)
      const odds = {
        toxicity: fault.toxicity ?? 1,
        strengthMs: traits.strengthMs(fault),
        steady: traits.steady?.(fault) ?? true,
      }
      return { ...judge, blind, ...looksFor(odds) }
    },
  }
}

function toxicOf<F extends ToxicFault>(ref: RefOf<F>, traits: ToxicTraits<F>) {
  return {
    name: toxicName(ref),
    type: traits.type,
    stream: ref.fault.direction ?? 'downstream',
    toxicity: ref.fault.toxicity ?? 1,
    attributes: whole(traits.attributes(ref.fault)),
  } as const
}

/** The server refuses fractions. */
function whole(attributes: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, Math.round(value)]))
}

function sentence(fault: ToxicFault, effect: string): string {
  const subject = fault.direction === 'upstream' ? 'requests' : 'answers'
  const share =
    fault.toxicity === undefined || fault.toxicity === 1
      ? ''
      : `, on ${Math.round(fault.toxicity * 100)} % of connections`
  return `${subject} on ${fault.edge} ${effect}${share}`
}

/** Milliseconds of an optional duration. */
export function msOf(duration: string | undefined): number {
  return duration === undefined ? 0 : parseDuration(duration)
}

/** How long a look waits beyond the effect itself: the callee's usual time several times over. */
export function slackMs(before: Pick<Look, 'totalMs'>): number {
  return 2_000 + 4 * Math.min(before.totalMs, 2_000)
}

/** How long nothing must come before it counts as silence: far longer than the callee usually takes. */
export function silenceMs(before: Pick<Look, 'totalMs'>): number {
  return Math.min(10_000, Math.max(1_000, 5 * before.totalMs))
}
