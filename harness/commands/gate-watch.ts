// Follows a gate while it goes on: what each criterion comes to as soon as it was looked at, the time left, and whether enough is known.
import { judgeCheck } from '../checks/gate/index.ts'
import { judgeGates } from '../checks/gate/judge-gates.ts'
import { judgeRun } from '../checks/judge.ts'
import { sumOf } from '../drill/gate-estimate.ts'
import type { GateStep } from '../drill/gate-estimate.ts'
import type { GatePlan } from '../drill/gate-plan.ts'
import { humanDuration } from '../model/duration.ts'
import type { Entry, EntryOf } from '../model/entry.ts'
import type { GateFact } from '../model/gate-evidence.ts'
import type { GateCriterion } from '../model/phase.ts'
import { gateLine } from '../render/gate-line.ts'
import { readPastRun } from '../run/past-run.ts'
import { findRun } from '../run/run-directory.ts'
import type { CommandWorld } from './command-world.ts'
import { followEntries } from './follow.ts'

export interface Watched {
  readonly plans: readonly GatePlan[]
  readonly steps: readonly GateStep[]
  readonly failFast: boolean
}

export interface GateWatch {
  readonly onEntry: (entry: Entry) => void
  readonly enough: () => Promise<boolean>
}

export function watchGate(world: CommandWorld, { plans, steps, failFast }: Watched): GateWatch {
  const follow = followEntries(world)
  const facts: GateFact[] = []
  const left = countdown(steps)
  const seen = { run: '', closed: 0, judged: 0, failed: false }
  const onLook = (entry: EntryOf<'gate-look'>) => {
    facts.push({ ...entry.look, lines: [entry.seq] })
    const criterion = criterionOf(plans, entry)
    const outcome = judgedSoFar(criterion, facts)
    seen.failed ||= criterion?.weight === 'blocking' && outcome?.verdict === 'fail'
    if (criterion !== undefined && outcome !== undefined && isLast(criterion, { plans, facts })) world.tell(`${gateLine(criterion, outcome)}  (${sayLeft(left())})`)
  }
  return {
    onEntry: (entry) => {
      follow(entry)
      left(entry)
      if (entry.type === 'run-opened') seen.run = entry.run
      if (entry.type === 'drill-closed') seen.closed += 1
      if (entry.type === 'gate-look') onLook(entry)
    },
    enough: async () => {
      if (!failFast) return false
      if (!seen.failed && seen.closed > seen.judged) {
        seen.judged = seen.closed
        seen.failed = await hasFailed(findRun(world.root, seen.run).path)
      }
      return seen.failed
    },
  }
}

function criterionOf(plans: readonly GatePlan[], { phase, look }: EntryOf<'gate-look'>): GateCriterion | undefined {
  return plans.find((plan) => plan.phase.name === phase)?.phase.criteria.find(({ id }) => id === look.criterion)
}

function judgedSoFar(criterion: GateCriterion | undefined, facts: readonly GateFact[]) {
  if (criterion?.check === undefined) return undefined
  return judgeCheck(criterion.check, { facts: facts.filter((fact) => fact.criterion === criterion.id), drills: [] })
}

/** One that is looked at twice is told once, when all of it was seen. */
function isLast({ id }: GateCriterion, { plans, facts }: { readonly plans: readonly GatePlan[]; readonly facts: readonly GateFact[] }): boolean {
  const wanted = plans.flatMap(({ looks }) => Object.values(looks).flat()).filter((one) => one.id === id).length
  return facts.filter(({ criterion }) => criterion === id).length >= wanted
}

/** By all that is on record so far, drills included. */
async function hasFailed(path: string): Promise<boolean> {
  const record = await readPastRun(path)
  return judgeGates(record, judgeRun(record)).some(({ findings }) => findings.some(({ criterion, how, verdict }) => criterion.weight === 'blocking' && how === 'judged' && verdict === 'fail'))
}

/** Told of an entry it moves on; the time left is that of all steps that are not over. */
function countdown(steps: readonly GateStep[]): (entry?: Entry) => number {
  const open = [...steps]
  let drills = 0
  const done = (what: GateStep['what']) => {
    const at = open.findIndex((step) => step.what === what)
    if (at >= 0) open.splice(at, 1)
  }
  return (entry) => {
    if (entry?.type === 'stack-ready') done('stack')
    if (entry?.type === 'drill-opened') drills += 1
    if (entry?.type === 'drill-closed') {
      drills -= 1
      if (drills === 0) done('drills')
    }
    if (entry?.type === 'load-started' && entry.drillId === undefined) done('load')
    if (entry?.type === 'gate-look') done('look')
    return sumOf(open)
  }
}

function sayLeft(ms: number): string {
  return `about ${humanDuration(Math.ceil(ms / 1_000) * 1_000).replace('.0 s', ' s')} left`
}
