// What a gate has to know of the load of a drill: folded from what the drill has on record, for nobody looks twice.
import type { GateFact } from '../../model/gate-evidence.ts'
import type { GateCriterion } from '../../model/phase.ts'
import type { DrillRecord } from '../../model/record.ts'
import { loadOf } from '../load.ts'
import { tallyOf } from '../users-served.ts'

const NOTHING = { operations: 0, good: 0, seconds: 0, p95Ms: NaN }

/** One look for each time the drill of a criterion was run; none for criteria of other kinds. */
export function loadLooks({ id, check }: GateCriterion, drills: readonly DrillRecord[]): readonly GateFact<'load'>[] {
  if (check?.kind !== 'load') return []
  return drills.filter(({ drill }) => drill.name === check.drill).map((record) => ({ criterion: id, kind: 'load', ...seenOf(record) }))
}

/** From the baseline to the end of the recovery, so that a fault is not left out. */
function seenOf(record: DrillRecord): Omit<GateFact<'load'>, 'criterion' | 'kind'> {
  const windows = [record.phases.baseline, record.phases.fault, record.phases.recovery].filter((window) => window !== undefined)
  const load = loadOf(record)
  if (load === undefined || windows.length === 0) return { lines: load?.lines ?? [], covered: false, missing: `${record.id} has no load on record`, value: NOTHING }
  const window = { from: Math.min(...windows.map(({ from }) => from)), to: Math.max(...windows.map(({ to }) => to)) }
  const missing = load.gap(window)
  const { good, bad, percentiles } = tallyOf(load, window)
  const value = { operations: good + bad, good, seconds: (window.to - window.from) / 1_000, p95Ms: percentiles.p95 }
  return { lines: load.lines, covered: missing === undefined, ...(missing === undefined ? {} : { missing }), value }
}
