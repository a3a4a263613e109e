// The runs of a history turned about: by phase, by drill, by alert. Oldest first in each.
import type { RunHistory } from '../../model/run-history.ts'
import { worst } from '../../model/verdict.ts'
import type { Verdict } from '../../model/verdict.ts'
import type { Come, Taken } from './trend.ts'

export interface Line {
  readonly name: string
  readonly all: readonly Come[]
}

/** A run that was made for a phase is judged by it. */
export function verdictOf({ gates = [], verdict }: Pick<RunHistory, 'gates' | 'verdict'>): Verdict {
  return gates.length === 0 ? verdict : worst(gates.map((gate) => gate.verdict))
}

export function gateLines(runs: readonly RunHistory[]): readonly Line[] {
  return linesOf(runs.flatMap(({ run, gates = [] }) => gates.map(({ phase, profile, verdict }) => ({ name: `${phase}, ${profile}`, run, verdict }))))
}

/** Repeats in one run count as one: that which came out worst. */
export function drillLines(runs: readonly RunHistory[]): readonly Line[] {
  return linesOf(runs.flatMap(({ run, drills }) => [...Map.groupBy(drills, ({ name }) => name)].map(([name, own]) => ({ name, run, verdict: worst(own.map(({ verdict }) => verdict)) }))))
}

function linesOf(all: readonly (Come & { readonly name: string })[]): readonly Line[] {
  return [...Map.groupBy(all, ({ name }) => name)].map(([name, own]) => ({ name, all: own })).toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** Since how many of the newest it has been like this. */
export function inARow({ all }: Line): number {
  const newest = all.at(-1)?.verdict
  const before = all.findLastIndex(({ verdict }) => verdict !== newest)
  return all.length - 1 - before
}

export interface AlertLine {
  readonly alert: string
  readonly detection: readonly Taken[]
  readonly delivery: readonly Taken[]
}

/** Of each run the slowest, as production time. */
export function alertLines(runs: readonly RunHistory[]): readonly AlertLine[] {
  const all = runs.flatMap(({ run, acceleration, drills }) =>
    drills.flatMap(({ alerts }) => alerts.flatMap(({ alert, asked }) => asked.flatMap(({ detection, delivery }) => (detection === undefined ? [] : [{ run, alert, detection: detection.ms * acceleration, delivery: delivery && delivery.ms * acceleration }])))),
  )
  const slowest = (own: typeof all, time: 'detection' | 'delivery'): readonly Taken[] =>
    [...Map.groupBy(own, ({ run }) => run)].flatMap(([run, ofRun]) => {
      const known = ofRun.flatMap((one) => one[time] ?? [])
      return known.length === 0 ? [] : [{ run, ms: Math.max(...known) }]
    })
  const lines = [...Map.groupBy(all, ({ alert }) => alert)].map(([alert, own]) => ({ alert, detection: slowest(own, 'detection'), delivery: slowest(own, 'delivery') }))
  return lines.toSorted((a, b) => (b.detection.at(-1)?.ms ?? 0) - (a.detection.at(-1)?.ms ?? 0) || (a.alert < b.alert ? -1 : 1))
}
