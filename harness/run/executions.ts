// Which drills a run holds, in which order, and which of them side by side.
import { createHash } from 'node:crypto'
import { expectedIn } from '../model/criterion.ts'
import type { AlertMatcher } from '../model/criterion.ts'
import type { LoadedDrill } from '../model/drill.ts'
import { matchEdges } from '../model/stack.ts'
import type { Stack } from '../model/stack.ts'

export interface Execution {
  /** `quiet`, then `quiet#2` for its repeats. */
  readonly id: string
  readonly drill: LoadedDrill
}

export interface Wish {
  readonly drills: readonly LoadedDrill[]
  readonly repeat: number
  /** Where there is one, each round has an order of its own, and this seed gives the same orders again. */
  readonly seed?: string | undefined
}

/** All drills once, then all again. */
export function executionsOf({ drills, repeat, seed }: Wish): readonly Execution[] {
  const rounds = Array.from({ length: repeat }, (_, i) => i + 1)
  return rounds.flatMap((round) => shuffled(drills, seed, round).map((drill) => ({ id: round === 1 ? drill.name : `${drill.name}#${round}`, drill })))
}

function shuffled(drills: readonly LoadedDrill[], seed: string | undefined, round: number): readonly LoadedDrill[] {
  if (seed === undefined) return drills
  const lot = ({ name }: LoadedDrill) => createHash('sha256').update(`${seed} ${round} ${name}`).digest('hex')
  return drills.toSorted((a, b) => lot(a).localeCompare(lot(b)))
}

/** Executions in batches of at most `most`: what may run side by side, and does not meet. */
export function batchesOf(executions: readonly Execution[], stack: Stack, most: number): readonly (readonly Execution[])[] {
  const batches: Execution[][] = []
  for (const execution of executions) {
    const room = batches.find((batch) => batch.length < most && batch.every((other) => mayMeet(other.drill, execution.drill, stack)))
    if (room === undefined) batches.push([execution])
    else room.push(execution)
  }
  return batches
}

/** Both say that they hurt nobody but those they name, and they name neither the same target nor the same alert. */
function mayMeet(a: LoadedDrill, b: LoadedDrill, stack: Stack): boolean {
  if (!a.together || !b.together || a.name === b.name) return false
  const alerts = new Set(expectedIn(a.criteria).map(({ alert }) => alert))
  const hurt = hurtBy(a, stack)
  return !expectedIn(b.criteria).some(({ alert }) => alerts.has(alert)) && ![...hurtBy(b, stack)].some((name) => hurt.has(name))
}

/** Services and edges that a drill hurts. */
function hurtBy({ faults }: LoadedDrill, { edges }: Stack): Set<string> {
  const names = faults.flatMap((fault) => {
    if ('service' in fault) return [fault.service]
    return 'edge' in fault ? matchEdges(fault.edge, edges).flatMap(({ name, to }) => [name, to]) : ['alertmanager']
  })
  return new Set(names)
}

/** What a drill has to put up with for the sake of those beside it: the alerts that they expect or allow. */
export function besides(execution: Execution, batch: readonly Execution[]): readonly AlertMatcher[] {
  return batch.filter((other) => other !== execution).flatMap(({ drill }) => [...expectedIn(drill.criteria), ...drill.allow])
}
