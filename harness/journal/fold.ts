// Folds journal entries into the record of a run. Pure: the same lines give the same record on any day.
import type { Entry, EntryOf } from '../model/entry.ts'
import type { Phase } from '../model/criterion.ts'
import type { Window } from '../model/evidence.ts'
import type { DrillRecord, FaultRecord, RunRecord } from '../model/record.ts'

/** `entries` are all readable lines, `opened` their first. Drills planned but never opened are not in the record. */
export function foldRun(opened: EntryOf<'run-opened'>, entries: readonly Entry[], tornLines = 0): RunRecord {
  const byDrill = Map.groupBy(entries, (entry) => entry.drillId)
  const drills = [...byDrill].flatMap(([id, own]) =>
    id === undefined ? [] : (foldDrill(id, own, opened.acceleration) ?? []),
  )
  const known = new Set(drills.map(({ id }) => id))
  return {
    opened,
    closed: ofType(entries, 'run-closed').at(-1),
    drills,
    failures: ofType(entries, 'step-failed').filter(({ drillId }) => drillId === undefined || !known.has(drillId)),
    entries,
    tornLines,
  }
}

function foldDrill(id: string, entries: readonly Entry[], acceleration: number): DrillRecord | undefined {
  const [opened] = ofType(entries, 'drill-opened')
  if (opened === undefined) return undefined
  return {
    id,
    drill: opened.drill,
    criteria: opened.criteria,
    acceleration,
    openedAt: opened.at,
    closed: ofType(entries, 'drill-closed').at(-1),
    phases: foldPhases(entries),
    faults: foldFaults(entries),
    failures: ofType(entries, 'step-failed'),
    entries,
  }
}

/** A phase that was entered twice counts as one; a phase that never ended lasts until the last line of its drill. */
function foldPhases(entries: readonly Entry[]): DrillRecord['phases'] {
  const end = entries.at(-1)?.at ?? 0
  const phases: Partial<Record<Phase | 'warm-up', Window>> = {}
  for (const entry of entries) {
    if (entry.type === 'phase-began') phases[entry.phase] = { from: phases[entry.phase]?.from ?? entry.at, to: end }
    if (entry.type === 'phase-ended')
      phases[entry.phase] = { from: phases[entry.phase]?.from ?? entry.at, to: entry.at }
  }
  return phases
}

type FaultEntry = Extract<Entry, { readonly index: number }>

function foldFaults(entries: readonly Entry[]): readonly FaultRecord[] {
  const faults = new Map<string, FaultRecord>()
  for (const entry of entries) {
    if (!('index' in entry)) continue
    const key = `${entry.index} ${entry.target}`
    const before = faults.get(key) ?? { index: entry.index, fault: entry.fault, target: entry.target, lines: [] }
    faults.set(key, { ...before, ...stepOf(entry), lines: [...before.lines, entry.seq] })
  }
  return [...faults.values()]
}

function stepOf(entry: FaultEntry): Partial<FaultRecord> {
  switch (entry.type) {
    case 'fault-applied':
      return { appliedAt: entry.at }
    case 'fault-proved':
      return { proof: entry.proof }
    case 'fault-reverted':
      return { revertedAt: entry.at }
    case 'fault-gone':
      return { goneProof: entry.proof, goneAt: entry.at }
    case 'fault-applying':
    case 'fault-reverting':
      return {}
  }
}

function ofType<T extends Entry['type']>(entries: readonly Entry[], type: T): readonly EntryOf<T>[] {
  return entries.filter((entry): entry is EntryOf<T> & Entry => entry.type === type)
}
