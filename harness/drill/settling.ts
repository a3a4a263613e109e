// How long the data that a drill stores may take to become whole once its load has ended.
import { wantedInvariants } from '../model/drill.ts'
import type { LoadedDrill } from '../model/drill.ts'
import { humanDuration } from '../model/duration.ts'
import { settleMsOf } from '../model/invariant.ts'
import type { Plan, Step } from './timeline.ts'

/** Real milliseconds: that of the slowest invariant it demands; undefined when it demands none. */
export function settlingOf(drill: LoadedDrill, { stack, acceleration }: Pick<Plan, 'stack' | 'acceleration'>): number | undefined {
  const all = stack.harness.invariants ?? {}
  const names = drill.criteria.flatMap((criterion) => (criterion.kind === 'invariants-hold' ? wantedInvariants(criterion, drill, all) : []))
  const times = names.flatMap((name) => all[name] ?? []).map((invariant) => settleMsOf(invariant, acceleration))
  return times.length === 0 ? undefined : Math.max(...times)
}

/** The deadline of stored data, after a load that ends at `end`. */
export function settlingSteps(settling: number | undefined, end: number): readonly Step[] {
  if (settling === undefined) return []
  const when = settling === 0 ? 'as soon as the load has ended' : `${humanDuration(settling)} after the load has ended`
  return [{ at: end + settling, kind: 'deadline', phase: 'recovery', what: `stored data is whole, ${when}` }]
}
