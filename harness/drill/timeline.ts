// What a drill will do and when, before anything starts: for `harness plan`, and for the run's own bounds. Pure.
import type { Criterion, CriterionOf, Phase } from '../model/criterion.ts'
import { againMs, deadlines, longestReset, slowestReceiver } from '../model/deadline.ts'
import type { Deadlines } from '../model/deadline.ts'
import type { LoadedDrill } from '../model/drill.ts'
import { parseDuration } from '../model/duration.ts'
import { nameOf } from '../model/fault.ts'
import type { Stack } from '../model/stack.ts'
import { spanOf, targetsOf } from './check-faults.ts'
import type { Observed } from './observed.ts'
import { settlingOf, settlingSteps } from './settling.ts'

/** Until the load has its floor. Not accelerated: it is the machine's time, not the system's. */
export const WARM_UP_MS = 3_000
/** How long everything must have been quiet before the recovery ends. */
export const QUIET_MS = 6_000

/** One line of the plan. Real milliseconds from the start of the load. */
export interface Step {
  readonly at: number
  /** The latest end of what takes until something is so; absent for a moment. */
  readonly until?: number
  readonly kind: 'phase' | 'apply' | 'revert' | 'deadline'
  readonly phase: Phase | 'warm-up'
  readonly what: string
}

export interface Timeline {
  readonly drill: string
  /** In order of time. */
  readonly steps: readonly Step[]
  /** Real milliseconds of the whole drill, stack not included: when all is quiet at once, and when every deadline is used up. */
  readonly leastMs: number
  readonly mostMs: number
}

export interface Plan {
  readonly stack: Stack
  readonly acceleration: number
  /** The observers as a run at this acceleration sees them: readObserved(texts, acceleration). */
  readonly observed: Observed
}

interface Phases {
  readonly baseline: number
  readonly fault: number
  readonly recovery: number
  readonly end: number
  readonly earliestEnd: number
}

/** The whole drill as steps with times. */
export function timelineOf(drill: LoadedDrill, plan: Plan): Timeline {
  const phases = phasesOf(drill, plan)
  const settling = settlingOf(drill, plan)
  const steps = [
    ...phaseSteps(drill, phases),
    ...faultSteps(drill, plan, phases),
    ...deadlineSteps(drill, plan, phases),
    ...settlingSteps(settling, phases.end),
  ]
  return {
    drill: drill.name,
    steps: steps.toSorted((a, b) => a.at - b.at),
    leastMs: phases.earliestEnd,
    mostMs: phases.end + (settling ?? 0),
  }
}

/**
 * The longest time after the last fault until everything is quiet: any rule may have noticed something, expected or not, so the
 * slowest one counts. Real milliseconds.
 */
export function recoveryBound(drill: LoadedDrill, plan: Plan): number {
  if (drill.faults.length === 0) return 0
  const { observed } = plan
  const reset = longestReset(observed.rules, observed.receivers, observed.scrapeMs)
  const demanded = drill.criteria.map((criterion) => (criterion.kind === 'recovers' ? real(criterion.within, plan) : 0))
  return Math.max(reset, ...demanded) + QUIET_MS
}

/** Derived deadlines of an expected alert: the longest over the rules of that name. Undefined when no rule has it. */
export function chainOf(criterion: CriterionOf<'alert-fires'>, { observed }: Plan): Deadlines | undefined {
  const receiver = observed.receivers.find((one) => one.receiver === criterion.receiver) ?? slowestReceiver(observed.receivers)
  const all = observed.rules
    .filter(({ alert }) => alert === criterion.alert)
    .map((rule) => deadlines(rule, receiver, observed.scrapeMs))
  return all.toSorted((a, b) => b.firingMs - a.firingMs)[0]
}

function real(duration: string | undefined, { acceleration }: Plan): number {
  return parseDuration(duration ?? '0s') / acceleration
}

function phasesOf(drill: LoadedDrill, plan: Plan): Phases {
  const baseline = WARM_UP_MS
  const calm = drill.faults.length === 0 ? real(drill.hold, plan) : 0
  const fault = baseline + real(drill.baseline, plan) + calm
  const recovery = fault + Math.max(0, ...drill.faults.map((one) => spanOf(one).to)) / plan.acceleration
  const quiet = drill.faults.length === 0 ? 0 : QUIET_MS
  return { baseline, fault, recovery, end: recovery + recoveryBound(drill, plan), earliestEnd: recovery + quiet }
}

function phaseSteps(drill: LoadedDrill, { baseline, fault, recovery, end }: Phases): readonly Step[] {
  const { scenario, rate, floor } = drill.load
  const calm: readonly Step[] = [
    { at: 0, until: baseline, kind: 'phase', phase: 'warm-up', what: `${scenario} at ${rate}; it must reach ${floor}` },
    { at: baseline, until: fault, kind: 'phase', phase: 'baseline', what: 'the steady state is watched' },
  ]
  if (drill.faults.length === 0) return calm
  return [
    ...calm,
    {
      at: fault,
      until: recovery,
      kind: 'phase',
      phase: 'fault',
      what: `${drill.faults.length === 1 ? 'one fault' : `${drill.faults.length} faults`}`,
    },
    { at: recovery, until: end, kind: 'phase', phase: 'recovery', what: 'until everything is quiet again' },
  ]
}

function faultSteps(drill: LoadedDrill, { stack, acceleration }: Plan, { fault: began }: Phases): readonly Step[] {
  return drill.faults.flatMap((fault) => {
    const { from, to } = spanOf(fault)
    return targetsOf(fault, stack).flatMap((target): readonly Step[] => {
      const what = nameOf(fault).replace(/ on .*$/, ` on ${target}`)
      return [
        { at: began + from / acceleration, kind: 'apply', phase: 'fault', what },
        { at: began + to / acceleration, kind: 'revert', phase: 'fault', what },
      ]
    })
  })
}

function deadlineSteps(drill: LoadedDrill, plan: Plan, phases: Phases): readonly Step[] {
  const first = Math.min(...drill.faults.map((fault) => spanOf(fault).from)) / plan.acceleration
  return drill.criteria.flatMap((criterion) =>
    ownDeadlines(criterion, plan, { ...phases, fault: phases.fault + first }),
  )
}

function ownDeadlines(criterion: Criterion, plan: Plan, { fault, recovery }: Phases): readonly Step[] {
  if (criterion.kind === 'recovers') {
    return [
      {
        at: recovery + real(criterion.within, plan),
        kind: 'deadline',
        phase: 'recovery',
        what: 'users are served as before',
      },
    ]
  }
  const chain = criterion.kind === 'alert-fires' ? chainOf(criterion, plan) : undefined
  if (criterion.kind !== 'alert-fires' || !chain) return []
  const own = criterion.within ?? {}
  const limit = (wanted: string | undefined, derived: number) => (wanted === undefined ? derived : real(wanted, plan))
  const name = `${criterion.alert}${criterion.labels?.service === undefined ? '' : ` of ${criterion.labels.service}`}`
  const to = `${name} delivered to ${criterion.receiver}`
  const delivered = criterion.receiver === undefined || criterion.messenger ? [] : [{ at: fault + limit(own.delivered, chain.deliveredMs), what: to }]
  const later = criterion.messenger ? [{ at: recovery + limit(own.delivered, againMs(plan.acceleration) + chain.deliveredMs - chain.firingMs), what: to }] : []
  const resolved =
    criterion.resolves === false
      ? []
      : [{ at: recovery + limit(own.resolved, chain.resolvedMs), what: `${name} resolved` }]
  return [
    ...[{ at: fault + limit(own.firing, chain.firingMs), what: `${name} firing` }, ...delivered].map(
      (step) => ({ ...step, kind: 'deadline', phase: 'fault' }) as const,
    ),
    ...[...later, ...resolved].map((step) => ({ ...step, kind: 'deadline', phase: 'recovery' }) as const),
  ]
}
