// Edges against faults: what users saw, who was told, and where nobody was. Only for runs that hurt each edge in turn.
import { EACH_EDGE } from '../model/drill.ts'
import { offsetOf, evidenceOf, faultWindow } from '../model/record.ts'
import type { DrillRecord, RunRecord } from '../model/record.ts'
import type { Window } from '../model/evidence.ts'
import type { JudgedDrill, Judgement } from '../model/finding.ts'
import { bucketsAt, qualityOf, wholeSeconds } from '../model/load-quality.ts'
import { plain, table } from './markdown-table.ts'

interface Slot {
  readonly edge: string
  readonly kind: string
  readonly verdict: string
  /** What users saw, before -> during; undefined when nothing ended in one of them. */
  readonly users: string | undefined
  /** Alerts that fired while the fault held. */
  readonly alerts: readonly string[]
}

/** No lines at all for a run that hurt no edge this way. */
export function edgeMatrix(run: RunRecord, { drills }: Judgement): readonly string[] {
  const slots = run.drills.filter(({ drill }) => drill.tags.includes(EACH_EDGE)).map((record) => slotOf(record, drills))
  if (slots.length === 0) return []
  const kinds = [...new Set(slots.map(({ kind }) => kind))]
  const rows = [...Map.groupBy(slots, ({ edge }) => edge)].map(([edge, own]) => [`\`${edge}\``, ...kinds.map((kind) => cell(own.find((slot) => slot.kind === kind)))])
  return ['## Edges and faults', '', 'Of each slot: verdict; share of good operations and p95, before -> during; alerts that fired.', '', ...table(['edge', ...kinds], rows), ...blindSpots(slots)]
}

function slotOf(record: DrillRecord, judged: readonly JudgedDrill[]): Slot {
  const fault = record.drill.faults[0]
  const verdict = judged.find(({ id }) => id === record.id)?.verdict ?? 'inconclusive'
  return { edge: fault && 'edge' in fault ? fault.edge : record.id, kind: fault?.kind ?? '', verdict, users: usersOf(record), alerts: alertsOf(record) }
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
  const look = evidenceOf(record, 'alerts').at(-1)
  if (window === undefined || look === undefined) return []
  const offset = offsetOf(record, 'prometheus') ?? 0
  const during = (from: number, to: number) => to - offset >= window.from && from - offset <= window.to
  const firing = look.evidence.value.series.filter(({ state, spans }) => state === 'firing' && spans.some(({ from, to }) => during(from, to)))
  return [...new Set(firing.map(({ alert }) => alert))].sort()
}

function cell(slot: Slot | undefined): string {
  if (slot === undefined) return 'not run'
  return `**${slot.verdict}**; ${plain(slot.users ?? 'users not seen')}; ${slot.alerts.length === 0 ? '**no alert**' : plain(slot.alerts.join(', '))}`
}

function blindSpots(slots: readonly Slot[]): readonly string[] {
  const blind = slots.filter(({ alerts }) => alerts.length === 0)
  if (blind.length === 0) return ['Blind spots: none; some alert fired under each of these faults.', '']
  return [`Blind spots, ${blind.length} of ${slots.length}: no alert fired under`, '', ...blind.map(({ edge, kind }) => `- ${kind} of \`${edge}\``), '']
}
