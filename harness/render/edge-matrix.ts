// Edges and services against faults: what users saw, who was told, and where nobody was. Only for runs that hurt each in turn.
import { alertsDuring } from '../model/alerts-during.ts'
import { EACH_EDGE, EACH_SERVICE } from '../model/drill.ts'
import { targetOf } from '../model/fault.ts'
import { evidenceOf, faultWindow } from '../model/record.ts'
import type { DrillRecord, RunRecord } from '../model/record.ts'
import type { Window } from '../model/evidence.ts'
import type { JudgedDrill, Judgement } from '../model/finding.ts'
import { bucketsAt, qualityOf, wholeSeconds } from '../model/load-quality.ts'
import { plain, table } from './markdown-table.ts'

interface Slot {
  /** The edge, or the service. */
  readonly target: string
  readonly kind: string
  readonly verdict: string
  /** What users saw, before -> during; undefined when nothing ended in one of them. */
  readonly users: string | undefined
  /** Alerts that fired while the fault held. */
  readonly alerts: readonly string[]
}

/** No lines at all for a run that hurt nothing this way. */
export function edgeMatrix(run: RunRecord, judgement: Judgement): readonly string[] {
  return [...matrix('edge', slotsOf(run, judgement, EACH_EDGE)), ...matrix('service', slotsOf(run, judgement, EACH_SERVICE))]
}

function slotsOf(run: RunRecord, { drills }: Judgement, tag: string): readonly Slot[] {
  return run.drills.filter(({ drill }) => drill.tags.includes(tag)).map((record) => slotOf(record, drills))
}

function matrix(hurt: 'edge' | 'service', slots: readonly Slot[]): readonly string[] {
  if (slots.length === 0) return []
  const kinds = [...new Set(slots.map(({ kind }) => kind))]
  const rows = [...Map.groupBy(slots, ({ target }) => target)].map(([target, own]) => [`\`${target}\``, ...kinds.map((kind) => cell(own.find((slot) => slot.kind === kind)))])
  const title = hurt === 'edge' ? '## Edges and faults' : '## Services and faults'
  return [title, '', 'Of each slot: verdict; share of good operations and p95, before -> during; alerts that fired.', '', ...table([hurt, ...kinds], rows), ...blindSpots(slots)]
}

function slotOf(record: DrillRecord, judged: readonly JudgedDrill[]): Slot {
  const fault = record.drill.faults[0]
  const verdict = judged.find(({ id }) => id === record.id)?.verdict ?? 'inconclusive'
  return { target: fault === undefined ? record.id : targetOf(fault), kind: fault?.kind ?? '', verdict, users: usersOf(record), alerts: alertsOf(record) }
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
  const firing = window === undefined ? [] : (alertsDuring(record, window) ?? [])
  return [...new Set(firing.map(({ alert }) => alert))].sort()
}

function cell(slot: Slot | undefined): string {
  if (slot === undefined) return 'not run'
  return `**${slot.verdict}**; ${plain(slot.users ?? 'users not seen')}; ${slot.alerts.length === 0 ? '**no alert**' : plain(slot.alerts.join(', '))}`
}

function blindSpots(slots: readonly Slot[]): readonly string[] {
  const blind = slots.filter(({ alerts }) => alerts.length === 0)
  if (blind.length === 0) return ['Blind spots: none; some alert fired under each of these faults.', '']
  return [`Blind spots, ${blind.length} of ${slots.length}: no alert fired under`, '', ...blind.map(({ target, kind }) => `- ${kind} of \`${target}\``), '']
}
