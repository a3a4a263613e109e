// All drills of a run on one screen: verdict, answer, and the times that were measured.
import { humanDuration } from '../../model/duration.ts'
import type { JudgedDrill } from '../../model/finding.ts'
import { html, prose } from './markup.ts'
import type { Markup } from './markup.ts'
import { shortened } from './shortened.ts'
import type { Shown } from './shown.ts'
import { filterFor, tableOf } from './table.ts'
import { mark } from './verdict-mark.ts'

/** Fewer need no search. */
const LEAST_TO_FILTER = 6
/** Its section says all of it. */
const MOST_ANSWER = 150
const STAGES = ['fault to firing', 'fault to delivered', 'end of fault to resolved'] as const

export function overviewSection(shown: Shown): Markup {
  const { drills } = shown.judgement
  if (drills.length === 0) return html`<p>The run held no drill.</p>`
  const { acceleration } = shown.record.opened
  const counts = (['fail', 'inconclusive', 'pass'] as const).map((verdict) => ({ verdict, amount: drills.filter((drill) => drill.verdict === verdict).length }))
  return html`<section id="drills" aria-labelledby="drills-title">
<h2 id="drills-title">Drills</h2>
<p class="counts">${counts.filter(({ amount }) => amount > 0).map(({ verdict, amount }) => html`${mark(verdict, `${amount} ${verdict}`)} `)}</p>
${drills.length < LEAST_TO_FILTER ? html`` : filterFor('drills-table', 'drills')}${tableOf({
    caption: `Drills and their verdicts; times are the slowest of each drill${acceleration === 1 ? '' : `, of production (measured, times ${acceleration})`}`,
    head: ['drill', 'verdict', 'answer', 'to firing', 'to delivered', 'to resolved'],
    rows: drills.map((drill) => rowOf(drill, shown)),
    id: 'drills-table',
  })}</section>
`
}

function rowOf(drill: JudgedDrill, { anchors, record }: Shown) {
  const { id, title, verdict, because } = drill
  const name = html`<a href="#${anchors.get(id)}">${id}</a>${title === id ? html`` : html`<br /><span class="note">${prose(title)}</span>`}`
  return { verdict, cells: [name, mark(verdict), prose(shortened(because, MOST_ANSWER)), ...STAGES.map((stage) => slowest(drill, stage, record.opened.acceleration))] }
}

function slowest({ findings }: JudgedDrill, stage: string, acceleration: number): string {
  const all = findings.flatMap(({ times }) => times.filter(({ name }) => name === stage).map(({ ms }) => ms))
  return all.length === 0 ? '–' : humanDuration(Math.max(...all) * acceleration)
}
