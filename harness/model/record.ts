// A run as it is read back from its journal: what checks judge and renderers draw.
import type { AnyCriterion, Phase } from './criterion.ts'
import type { LoadedDrill } from './drill.ts'
import type { Entry, EntryOf, FaultRef } from './entry.ts'
import type { EvidenceOf, ProbeKind, Proof, Window } from './evidence.ts'

/** The life of one fault on one target; a missing time means it never got so far. */
export interface FaultRecord extends FaultRef {
  readonly appliedAt?: number
  readonly proof?: Proof
  readonly revertedAt?: number
  readonly goneProof?: Proof
  /** When the system was seen from outside without it: a service that thaws has its backlog to work off first. */
  readonly goneAt?: number
  readonly lines: readonly number[]
}

export interface DrillRecord {
  /** `quiet`, or `quiet#2` for a second repeat. */
  readonly id: string
  readonly drill: LoadedDrill
  readonly criteria: readonly AnyCriterion[]
  readonly acceleration: number
  readonly openedAt: number
  /** Undefined when the journal ends before the drill does. */
  readonly closed: EntryOf<'drill-closed'> | undefined
  readonly phases: Readonly<Partial<Record<Phase | 'warm-up', Window>>>
  readonly faults: readonly FaultRecord[]
  readonly failures: readonly EntryOf<'step-failed'>[]
  /** All entries of this drill, in order. */
  readonly entries: readonly Entry[]
}

export interface RunRecord {
  readonly opened: EntryOf<'run-opened'>
  readonly closed: EntryOf<'run-closed'> | undefined
  readonly drills: readonly DrillRecord[]
  /** Failures outside any drill, such as a stack that never got ready. */
  readonly failures: readonly EntryOf<'step-failed'>[]
  readonly entries: readonly Entry[]
  /** Lines that could not be read: a torn last line of a killed run. */
  readonly tornLines: number
}

/** A piece of evidence with the journal line that holds it. */
export interface Lined<K extends ProbeKind> {
  readonly seq: number
  readonly at: number
  readonly evidence: EvidenceOf<K>
}

type Index = ReadonlyMap<ProbeKind, readonly Lined<ProbeKind>[]>
/** Entries never change, so they are sorted by kind of evidence once: a night's journal has 100,000 of them. */
const indexes = new WeakMap<readonly Entry[], Index>()

/** All evidence of one kind, oldest first. */
export function evidenceOf<K extends ProbeKind>(record: Pick<DrillRecord, 'entries'>, probe: K): readonly Lined<K>[] {
  const known = indexes.get(record.entries) ?? indexOf(record.entries)
  return (known.get(probe) ?? []) as readonly unknown[] as readonly Lined<K>[]
}

function indexOf(entries: readonly Entry[]): Index {
  const index = new Map<ProbeKind, Lined<ProbeKind>[]>()
  for (const entry of entries) {
    if (entry.type !== 'evidence') continue
    const { seq, at, evidence } = entry
    const own = index.get(evidence.probe)
    if (own === undefined) index.set(evidence.probe, [{ seq, at, evidence }])
    else own.push({ seq, at, evidence })
  }
  indexes.set(entries, index)
  return index
}

/** From the first fault applied to the last one reverted; undefined when no fault was applied. */
export function faultWindow(record: Pick<DrillRecord, 'faults' | 'phases'>): Window | undefined {
  const from = record.faults.flatMap((fault) => fault.appliedAt ?? [])
  const to = record.faults.flatMap((fault) => fault.revertedAt ?? [])
  if (from.length === 0) return undefined
  return { from: Math.min(...from), to: to.length > 0 ? Math.max(...to) : (record.phases.fault?.to ?? Infinity) }
}

/** How far the clock of an observer was ahead of ours, by the look that took the least time; undefined when it was never compared. */
export function offsetOf(record: Pick<DrillRecord, 'entries'>, source: string): number | undefined {
  const looks = evidenceOf(record, 'clock').filter(({ evidence }) => evidence.covered && evidence.value.source === source)
  return looks.toSorted((a, b) => a.evidence.value.roundTripMs - b.evidence.value.roundTripMs)[0]?.evidence.value.offsetMs
}
