// What one run has to do so that a phase can be judged from it: which drills, and what to look at before, during and after the load.
import type { LoadedDrill } from '../model/drill.ts'
import type { CheckOf, GateKind, LoadedCheck } from '../model/gate-check.ts'
import { isIn } from '../model/phase.ts'
import type { GateCriterion, LoadedPhase, Profile } from '../model/phase.ts'
import type { Labels } from '../model/window.ts'
import { selectDrills } from './select.ts'

/**
 * With nothing going on, before the drills; so again when they are over, for what they show and for what would disturb them, such as
 * refused logins that an alert counts; while the everyday load runs; what hurts somebody under it; and, with the
 * machine to themselves again, how long answers take while a service is away.
 */
export const STAGES = ['idle', 'drilled', 'load', 'hurting', 'away'] as const
export type Stage = (typeof STAGES)[number]

export interface GateWish {
  readonly profile: Profile
  /** Criteria to judge; all when empty. */
  readonly only: readonly string[]
  /** Criterion -> why it is to be left out. */
  readonly skip: Labels
  /** All there are. */
  readonly drills: readonly LoadedDrill[]
}

export interface GatePlan {
  /** With every tag replaced by the drills that carry it today, so that one which is not run is missed. */
  readonly phase: LoadedPhase
  readonly profile: Profile
  readonly skipped: Labels
  /** Each once. */
  readonly drills: readonly LoadedDrill[]
  /** Criteria that need looks of their own, in the order of the phase. */
  readonly looks: Readonly<Record<Stage, readonly GateCriterion[]>>
}

export function planGate(phase: LoadedPhase, { profile, only, skip, drills }: GateWish): GatePlan {
  const ids = phase.criteria.map(({ id }) => id)
  const others = ids.filter((id) => only.length > 0 && !only.includes(id))
  const skipped = { ...Object.fromEntries(others.map((id) => [id, `only ${only.join(', ')} ${only.length === 1 ? 'was' : 'were'} asked for`])), ...skip }
  const settled = { ...phase, criteria: phase.criteria.map((criterion) => ({ ...criterion, check: withNames(criterion.check, drills) })) }
  const wanted = settled.criteria.filter((criterion) => isIn(criterion, profile) && skipped[criterion.id] === undefined)
  const names = wanted.flatMap(({ check }) => (check === undefined ? [] : drillsOf(check)))
  return {
    phase: settled,
    profile,
    skipped,
    drills: drills.filter(({ name }) => names.includes(name)),
    looks: Object.fromEntries(STAGES.map((stage) => [stage, wanted.filter(({ check }) => check !== undefined && stagesOf(check).includes(stage))])) as Record<Stage, GateCriterion[]>,
  }
}

function withNames(check: LoadedCheck | undefined, drills: readonly LoadedDrill[]): LoadedCheck | undefined {
  if (check?.kind !== 'drill' || check.tag === undefined) return check
  const { tag, ...rest } = check
  return { ...rest, drills: selectDrills(drills, { names: [], tags: [tag] }).drills.map(({ name }) => name) }
}

function drillsOf(check: LoadedCheck): readonly string[] {
  if (check.kind === 'load') return [check.drill]
  return check.kind === 'drill' ? (check.drills ?? []) : []
}

type Stages = readonly Stage[]
const always = (...stages: Stages) => () => stages

/** When a kind has to be looked at; what drills show needs no look. */
const WHEN: { readonly [K in GateKind]: (check: CheckOf<K>) => Stages } = {
  drill: always(),
  load: always(),
  deployed: always('idle'),
  targets: always('idle'),
  rules: always('idle'),
  routes: always('idle'),
  'alert-coverage': always('drilled'),
  refused: always('drilled'),
  container: always('idle'),
  separated: always('idle'),
  listeners: always('idle'),
  encrypted: always('idle'),
  setting: always('idle'),
  'start-time': always('idle'),
  endpoint: ({ when }) => when.map((condition) => (condition === 'without' ? 'away' : condition)),
  series: always('load'),
  'scrape-interval': always('load'),
  traced: always('load'),
  logs: always('load'),
  dashboards: always('load'),
  recovery: always('hurting'),
  shutdown: always('hurting'),
  limits: always('hurting'),
  backup: always('hurting'),
}

function stagesOf<K extends GateKind>(check: CheckOf<K>): Stages {
  const when = WHEN[(check as LoadedCheck).kind as K] as unknown as (check: CheckOf<K>) => Stages
  return when(check)
}
