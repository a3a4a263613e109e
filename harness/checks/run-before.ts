// Which earlier run a run is held against where nobody names one: the last that did the same kind of work.
import type { RunHistory } from '../model/run-history.ts'

const LEAST_COMMON = 0.5

/** The newest before it that was made for the same phases, and of whose drills and claims at least half are those of the run. */
export function runBefore(run: RunHistory, all: readonly RunHistory[]): RunHistory | undefined {
  const wanted = namesOf(run)
  const earlier = all.filter((one) => one.run < run.run && phasesOf(one) === phasesOf(run))
  return earlier.toSorted((a, b) => (a.run < b.run ? 1 : -1)).find((one) => {
    const held = namesOf(one)
    const common = [...wanted].filter((name) => held.has(name)).length
    return common > 0 && common >= LEAST_COMMON * Math.max(wanted.size, held.size)
  })
}

function namesOf({ drills, gates = [] }: RunHistory): ReadonlySet<string> {
  const claims = gates.flatMap(({ phase, claims: own = [] }) => own.map(({ id }) => `${phase} ${id}`))
  return new Set([...drills.map(({ name }) => name), ...claims])
}

function phasesOf({ gates = [] }: RunHistory): string {
  return gates.map(({ phase, profile }) => `${phase} ${profile}`).sort().join()
}
