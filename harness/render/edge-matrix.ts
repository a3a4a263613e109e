// Edges and services against faults: what users saw, who was told, and where nobody was. Only for runs that hurt each in turn.
import { EACH_EDGE, EACH_SERVICE } from '../model/drill.ts'
import type { RunRecord } from '../model/record.ts'
import type { Judgement } from '../model/finding.ts'
import { slotsOf } from './edge-slots.ts'
import type { Slot } from './edge-slots.ts'
import { plain, table } from './markdown-table.ts'

/** No lines at all for a run that hurt nothing this way. */
export function edgeMatrix(run: RunRecord, judgement: Judgement): readonly string[] {
  return [...matrix('edge', slotsOf(run, judgement, EACH_EDGE)), ...matrix('service', slotsOf(run, judgement, EACH_SERVICE))]
}

function matrix(hurt: 'edge' | 'service', slots: readonly Slot[]): readonly string[] {
  if (slots.length === 0) return []
  const kinds = [...new Set(slots.map(({ kind }) => kind))]
  const rows = [...Map.groupBy(slots, ({ target }) => target)].map(([target, own]) => [`\`${target}\``, ...kinds.map((kind) => cell(own.find((slot) => slot.kind === kind)))])
  const title = hurt === 'edge' ? '## Edges and faults' : '## Services and faults'
  return [title, '', 'Of each slot: verdict; share of good operations and p95, before -> during; alerts that fired.', '', ...table([hurt, ...kinds], rows), ...blindSpots(slots)]
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
