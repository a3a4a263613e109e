// Which phases and criteria a command line means, or every mistake in it at once.
import { planGate } from '../drill/gate-plan.ts'
import type { GatePlan } from '../drill/gate-plan.ts'
import type { Content } from '../drill/read-content.ts'
import { HarnessError } from '../errors.ts'
import { suggest } from '../model/nearest.ts'
import { isIn } from '../model/phase.ts'
import type { LoadedPhase, Profile } from '../model/phase.ts'
import type { Labels } from '../model/window.ts'

export interface Asked {
  readonly phases: readonly string[]
  readonly profile: Profile
  readonly only: readonly string[]
  /** Each as `criterion=why`. */
  readonly skip: readonly string[]
}

/** Throws USAGE naming all that is wrong. */
export function plansFor({ phases: known, drills }: Content, { phases: names, profile, only, skip }: Asked): readonly GatePlan[] {
  const phases = names.includes('all') ? known : known.filter(({ name }) => names.includes(name))
  const wrong = [...unknownPhases(names, known), ...wrongSkips(skip), ...(phases.length === 0 ? [] : unknownCriteria([...only, ...skip.map(idOf)], phases)), ...tooSlow(only, phases, profile)]
  if (wrong.length > 0) throw new HarnessError('USAGE', wrong.join('; '), { hint: 'harness gate --list names all phases; reports/phases/ holds their criteria' })
  return phases.map((phase) => {
    const own = Object.fromEntries(Object.entries(reasons(skip)).filter(([id]) => phase.criteria.some((criterion) => criterion.id === id)))
    return planGate(phase, { profile, only, skip: own, drills })
  })
}

function unknownPhases(names: readonly string[], known: readonly LoadedPhase[]): readonly string[] {
  const all = [...known.map(({ name }) => name), 'all']
  return names.filter((name) => !all.includes(name)).map((name) => `there is no phase ${name}: ${suggest(name, all, 'phase')}`)
}

function unknownCriteria(ids: readonly string[], phases: readonly LoadedPhase[]): readonly string[] {
  const known = phases.flatMap(({ criteria }) => criteria.map(({ id }) => id))
  const where = phases.map(({ name }) => name).join(', ')
  return ids.filter((id) => !known.includes(id)).map((id) => `${where} has no criterion ${id}: ${suggest(id, known, 'criterion')}`)
}

/** Who leaves something out says why: it stands in the report. */
function wrongSkips(skip: readonly string[]): readonly string[] {
  return skip.filter((one) => !/^[^=]+=.*\S/.test(one)).map((one) => `--skip ${one} gives no reason: write --skip ${idOf(one)}='why it is left out'`)
}

/** Asked for by name, and then nobody would look. */
function tooSlow(only: readonly string[], phases: readonly LoadedPhase[], profile: Profile): readonly string[] {
  const asked = phases.flatMap(({ criteria }) => criteria).filter(({ id }) => only.includes(id))
  return asked.filter((criterion) => !isIn(criterion, profile)).map(({ id, profile: needed }) => `${id} takes longer than ${profile} has: add --profile ${needed}`)
}

function reasons(skip: readonly string[]): Labels {
  return Object.fromEntries(skip.map((one) => [idOf(one), one.slice(idOf(one).length + 1)]))
}

function idOf(skip: string): string {
  return skip.split('=')[0] ?? ''
}
