// One drill on the page: its question, what came of it, its picture and the same in words, and how to do it again.
import { humanDuration } from '../../model/duration.ts'
import type { JudgedDrill } from '../../model/finding.ts'
import type { DrillRecord } from '../../model/record.ts'
import { lineFor } from '../line-for.ts'
import { iso, JOURNAL } from '../words.ts'
import { commandOf } from './commands.ts'
import { findingsTable, timesTable } from './findings.ts'
import { happeningsOf, signalsInWords, usersInWords } from './happenings.ts'
import { html, prose } from './markup.ts'
import type { Markup, Part } from './markup.ts'
import { sinceOrigin } from './plot.ts'
import { shortened } from './shortened.ts'
import type { Shown } from './shown.ts'
import { tableOf } from './table.ts'
import { axisOf, timelineSvg } from './timeline-svg.ts'
import { mark } from './verdict-mark.ts'
import { waterfalls } from './waterfall.ts'

/** Happenings no drill should have. */
const INCIDENTS: ReadonlySet<string> = new Set(['service-died', 'proxy-restarted', 'step-failed', 'release-failed'])
/** In a run of few drills all of them stand open. */
const MOST_OPEN = 6
const MOST_BECAUSE = 160

export function drillSections(shown: Shown): Markup {
  const { drills } = shown.judgement
  if (drills.length === 0) return html``
  return html`<section id="each" aria-labelledby="each-title">
<h2 id="each-title">Each drill</h2>
<p class="note">Times in pictures are real and counted from the fault. ▲ told that it fires, ▽ told that it is over.</p>
${drills.map((drill) => drillSection(drill, shown, drills.length <= MOST_OPEN))}</section>
`
}

export function drillSection(judged: JudgedDrill, shown: Shown, always = false): Markup {
  const record = shown.record.drills.find(({ id }) => id === judged.id)
  const where = shown.anchors.get(judged.id) ?? 'drill'
  const open = always || judged.verdict !== 'pass' ? html` open="open"` : html``
  return html`<article id="${where}" class="drill ${judged.verdict}" aria-labelledby="${where}-title">
<details${open}>
<summary><h3 id="${where}-title">${mark(judged.verdict)} ${judged.id}</h3> <span class="because">${prose(shortened(judged.because, MOST_BECAUSE))}</span></summary>
${judged.title === judged.id ? html`` : html`<p class="question">${prose(judged.title)}</p>
`}${judged.findings.length === 0 ? html`<p>${prose(judged.because)}.</p>
` : html``}${record === undefined ? html`` : setting(record, shown)}${findingsTable(judged.id, judged.findings, shown)}${record === undefined ? html`` : pictures(record, where)}${timesTable(judged.id, judged.findings, shown)}${record === undefined ? html`` : waterfalls(record, judged)}</details>
</article>
`
}

function setting(record: DrillRecord, { record: { opened } }: Shown): Markup {
  const { load, file } = record.drill
  const beside = record.entries.flatMap((entry) => (entry.type === 'drill-opened' ? (entry.beside ?? []) : []))
  const facts: readonly (readonly [string, Part])[] = [
    ['load', `${load.scenario} at ${load.rate}, at least ${load.floor}`],
    ...(beside.length === 0 ? [] : [['side by side with', beside.join(', ')] as const]),
    ['began', iso(record.openedAt)],
    ['file', html`<code>${file}</code>`],
    ['again', html`<code class="command">${commandOf(record, opened)}</code>`],
  ]
  return html`<dl class="setting">${facts.map(([name, value]) => html`<div${name === 'again' ? html` class="again"` : html``}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
`
}

function pictures(record: DrillRecord, where: string): Markup {
  return html`${timelineSvg(record, `${where}-words`)}${inWords(record, where)}${incidents(record)}`
}

function inWords(record: DrillRecord, where: string): Markup {
  const axis = axisOf(record)
  if (axis === undefined) return html``
  const rows = happeningsOf(record, axis).map(({ at, what }) => ({ cells: [sinceOrigin(axis, at), prose(what)] }))
  const users = usersInWords(record)
  return html`<details class="words" id="${where}-words"><summary>The same in words</summary>
${users.length === 0 ? html`<p>What users got is not on record.</p>` : html`<p>Users. ${users.join('; ')}.</p>`}
${signalsInWords(record, axis).map((line) => html`<p>${prose(line)}.</p>
`)}${tableOf({ caption: `What happened in ${record.id}, over ${humanDuration(axis.to - axis.from)}`, head: ['since the fault', 'what'], rows })}</details>
`
}

function incidents({ entries }: DrillRecord): Markup {
  const odd = entries.filter(({ type }) => INCIDENTS.has(type))
  if (odd.length === 0) return html``
  return html`<h4>What else happened</h4>
<ul>${odd.map((entry) => html`<li>${iso(entry.at)} ${lineFor(entry) ?? entry.type} (<code>${JOURNAL}:${entry.seq}</code>)</li>`)}</ul>
`
}
