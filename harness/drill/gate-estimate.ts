// How long a gate takes, told before it starts and counted down while it goes on. A forecast: nothing is judged by it. Pure.
import type { LoadedCheck } from '../model/gate-check.ts'
import type { LoadedDrill } from '../model/drill.ts'
import type { GateCriterion } from '../model/phase.ts'
import { STAGES } from './gate-plan.ts'
import type { GatePlan, Stage } from './gate-plan.ts'
import { leastTimeOf } from './least-time.ts'
import type { Plan } from './timeline.ts'

/** One thing after the other. Real milliseconds. */
export interface GateStep {
  readonly what: 'stack' | 'drills' | 'load' | 'look' | 'end'
  readonly ms: number
}

export interface Estimated extends Plan {
  readonly plans: readonly GatePlan[]
  /** Drills that run side by side are over when the longest of them is. */
  readonly batches: readonly (readonly LoadedDrill[])[]
  /** Production milliseconds that the load runs before anybody looks. */
  readonly lookBackMs: number
}

/** As measured on two cores, with every service a process or a container. */
const STACK_MS = 20_000
const END_MS = 6_000
const LOAD_MS = 5_000
/** What a drill takes beyond what it must: load up to its floor, proofs, reading what there is to read, ending the load. */
const DRILL_MS = 14_000
const LOOK_MS = 400

/** Looks that take longer than others. */
function lookMs(check: LoadedCheck | undefined, when: Stage): number {
  switch (check?.kind) {
    case 'endpoint':
      return when === 'away' ? 8_000 : 1_000
    case 'recovery':
    case 'shutdown':
      return 6_000 * check.services.length
    case 'limits':
      return 10_000
    case 'backup':
      return 8_000
    case 'dashboards':
      return 4_000
    case 'alert-coverage':
      return 1_000
    default:
      return LOOK_MS
  }
}

export function estimateGate(estimated: Estimated): readonly GateStep[] {
  const { plans, batches, lookBackMs, acceleration } = estimated
  const looks = (when: Stage) => plans.flatMap((plan) => plan.looks[when]).map((one: GateCriterion): GateStep => ({ what: 'look', ms: lookMs(one.check, when) }))
  const drills = batches.map((batch): GateStep => ({ what: 'drills', ms: DRILL_MS + Math.max(0, ...batch.map((drill) => leastTimeOf(drill, estimated).ms)) }))
  const underLoad = [...looks('load'), ...looks('hurting')]
  const load: readonly GateStep[] = underLoad.length === 0 ? [] : [{ what: 'load', ms: LOAD_MS + lookBackMs / acceleration }]
  return [{ what: 'stack', ms: STACK_MS }, ...looks('idle'), ...drills, ...looks('drilled'), ...load, ...underLoad, ...looks('away'), { what: 'end', ms: END_MS }]
}

export function sumOf(steps: readonly GateStep[]): number {
  return steps.reduce((sum, { ms }) => sum + ms, 0)
}

/** How many looks there will be. */
export function looksOf(plans: readonly GatePlan[]): number {
  return STAGES.reduce((sum, when) => sum + plans.reduce((own, { looks }) => own + looks[when].length, 0), 0)
}
