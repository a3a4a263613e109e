// Edges and services against faults, slot by slot: what users saw and who was told. What every drawing of that matrix is made of.
import { alertsBegun } from '../model/alerts-during.ts'
import { isWatched } from '../model/drill-alerts.ts'
import { targetOf } from '../model/fault.ts'
import { evidenceOf, faultWindow } from '../model/record.ts'
import type { DrillRecord, RunRecord } from '../model/record.ts'
import type { Window } from '../model/evidence.ts'
import type { JudgedDrill, Judgement } from '../model/finding.ts'
import { bucketsAt, qualityOf, wholeSeconds } from '../model/load-quality.ts'
import type { Verdict } from '../model/verdict.ts'

export interface Slot {
  /** The edge, or the service. */
  readonly target: string
  readonly kind: string
  /** The drill that hurt it this way. */
  readonly drill: string
  readonly verdict: Verdict
  /** What users saw, before -> during; undefined when nothing ended in one of them. */
  readonly users: string | undefined
  /** Alerts that began to fire while the fault held. */
  readonly alerts: readonly string[]
  /** Whether their absence means anything. */
  readonly watched: boolean
}

/** Of the drills that carry this tag. */
export function slotsOf(run: RunRecord, { drills }: Judgement, tag: string): readonly Slot[] {
  return run.drills.filter(({ drill }) => drill.tags.includes(tag)).map((record) => slotOf(record, drills))
}

/** Of the drills with one fault alone: with several, nobody could say which of them did what. */
export function slotsOfAll(run: RunRecord, { drills }: Judgement): readonly Slot[] {
  return run.drills.filter(({ drill }) => drill.faults.length === 1).map((record) => slotOf(record, drills))
}

function slotOf(record: DrillRecord, judged: readonly JudgedDrill[]): Slot {
  const fault = record.drill.faults[0]
  const verdict = judged.find(({ id }) => id === record.id)?.verdict ?? 'inconclusive'
  return { drill: record.id, target: fault === undefined ? record.id : targetOf(fault), kind: fault?.kind ?? '', verdict, users: usersOf(record), alerts: alertsOf(record), watched: isWatched(record) }
}

function usersOf(record: DrillRecord): string | undefined {
  const buckets = evidenceOf(record, 'load').flatMap(({ evidence }) => evidence.value.buckets)
  const quality = (window: Window | undefined) => window && qualityOf(bucketsAt(buckets, wholeSeconds(buckets, window)))
  const [before, during] = [quality(record.phases.baseline), quality(faultWindow(record))]
  if (before === undefined || during === undefined) return undefined
  const share = (good: number) => `${(good * 100).toFixed(1)} %`
  return `${share(before.good)} -> ${share(during.good)} good, p95 ${Math.round(before.p95)} -> ${Math.round(during.p95)} ms`
}

function alertsOf(record: DrillRecord): readonly string[] {
  const window = faultWindow(record)
  const firing = window === undefined ? [] : alertsBegun(record, window)
  return [...new Set(firing.map(({ alert }) => alert))].sort()
}

