// Checks phases against each other and against everything they speak of. Pure; all problems at once.
import { basename, extname } from 'node:path'
import { messageOf } from '../errors.ts'
import type { LoadedDrill } from '../model/drill.ts'
import type { Located, Path } from '../model/located.ts'
import { suggest } from '../model/nearest.ts'
import type { GateCriterion, LoadedPhase } from '../model/phase.ts'
import type { Problem } from '../model/problem.ts'
import { matchEdges } from '../model/stack.ts'
import type { Stack } from '../model/stack.ts'
import { parseQuery } from '../time/promql-tree.ts'
import type { Observed } from './observed.ts'
import { referencesOf } from './phase-references.ts'
import type { Noun, Reference } from './phase-references.ts'

export interface LocatedPhase {
  readonly phase: LoadedPhase
  readonly located: Located
}

/** What phases may speak of. */
export interface AroundPhases {
  readonly stack: Stack
  readonly observed: Observed
  readonly drills: readonly LoadedDrill[]
}

interface Placed {
  readonly criterion: GateCriterion
  readonly problem: (path: Path, what: string, fix: string) => Problem
  /** Where it stands, for others to name. */
  readonly place: string
}

/** Everything in phases that leads nowhere, or is there twice. */
export function phaseProblems(phases: readonly LocatedPhase[], around: AroundPhases): readonly Problem[] {
  const criteria = phases.flatMap(placedIn)
  return [...phases.flatMap(misnamed), ...twice(criteria), ...criteria.flatMap((one) => lost(one, around)), ...criteria.flatMap((one) => unsaid(one, around))]
}

function placedIn({ phase, located }: LocatedPhase): readonly Placed[] {
  return phase.criteria.map((criterion, index) => {
    const at: Path = ['criteria', index]
    const line = (path: Path) => located.lineOf([...at, ...path])
    return { criterion, place: `${phase.file}:${line(['id'])}`, problem: (path, what, fix) => ({ file: phase.file, line: line(path), what, fix }) }
  })
}

function misnamed({ phase: { name, file }, located }: LocatedPhase): readonly Problem[] {
  const wanted = basename(file, extname(file))
  return name === wanted ? [] : [{ file, line: located.lineOf(['name']), what: `the phase ${name} is in a file of another name`, fix: `write ${wanted}, or rename the file` }]
}

/** What is seen for a criterion is recorded under its id, and each claim is answered once. */
function twice(criteria: readonly Placed[]): readonly Problem[] {
  return criteria.flatMap(({ criterion, problem }, index) => {
    const before = criteria.slice(0, index)
    const namesake = before.find((other) => other.criterion.id === criterion.id)
    const claimed = criterion.claims.flatMap((claim, at) => {
      const first = before.find((other) => other.criterion.claims.includes(claim))
      return first ? [problem(['claims', at], `claim ${claim} is answered already, at ${first.place}`, 'leave it to one of them')] : []
    })
    return [...(namesake ? [problem(['id'], `the id ${criterion.id} is taken, at ${namesake.place}`, 'give it a name of its own')] : []), ...claimed]
  })
}

function lost({ criterion: { check }, problem }: Placed, around: AroundPhases): readonly Problem[] {
  if (check === undefined) return []
  return referencesOf(check).flatMap((reference) => {
    const wrong = wrongWith(reference, around)
    return wrong === undefined ? [] : [problem(['check', ...reference.path], ...wrong)]
  })
}

function wrongWith({ noun, name }: Reference, around: AroundPhases): readonly [what: string, fix: string] | undefined {
  if (noun === 'query') return wrongQuery(name)
  const known = KNOWN[noun](around)
  const found = noun === 'edge' ? matchEdges(name, around.stack.edges).length > 0 : known.includes(name)
  return found ? undefined : [`there is no ${noun} ${name}`, suggest(name, known, noun)]
}

const KNOWN: Readonly<Record<Exclude<Noun, 'query'>, (around: AroundPhases) => readonly string[]>> = {
  service: ({ stack }) => stack.services.map(({ name }) => name),
  edge: ({ stack }) => stack.edges.map(({ name }) => name),
  drill: ({ drills }) => drills.map(({ name }) => name),
  tag: ({ drills }) => [...new Set(drills.flatMap(({ tags }) => tags))],
  receiver: ({ observed }) => observed.receiverNames,
  rule: ({ observed }) => [...observed.rules.map(({ alert }) => alert), ...observed.recordings],
}

function wrongQuery(query: string): readonly [string, string] | undefined {
  try {
    parseQuery(query)
    return undefined
  } catch (thrown) {
    return [`the query cannot be read: ${messageOf(thrown)}`, 'mend the PromQL']
  }
}

/** Those that every drill has without saying so. */
const IMPLIED: readonly string[] = ['faults-proved', 'load-delivered', 'targets-up', 'nothing-dies', 'heartbeat-arrives', 'others-silent']

/** Drills that say nothing of the kind of criterion they are asked for. */
function unsaid({ criterion: { check }, problem }: Placed, { drills }: AroundPhases): readonly Problem[] {
  if (check?.kind !== 'drill' || check.criterion === undefined || IMPLIED.includes(check.criterion)) return []
  const asked = drills.filter(({ name, tags }) => check.drills?.includes(name) ?? tags.includes(check.tag ?? ''))
  const silent = asked.filter(({ criteria }) => !criteria.some(({ kind }) => kind === check.criterion)).map(({ name }) => name)
  return silent.length === 0 ? [] : [problem(['check', 'criterion'], `${silent.join(', ')} ${silent.length === 1 ? 'has' : 'have'} no criterion ${check.criterion}`, 'ask for another one, or add it to the drill')]
}
