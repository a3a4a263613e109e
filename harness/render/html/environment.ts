// Where and how the run was made, how faithful that is to production, and how to have it again.
import { fidelity } from '../words.ts'
import { commandOf, judgedAgain } from './commands.ts'
import { html } from './markup.ts'
import type { Markup } from './markup.ts'
import type { Shown } from './shown.ts'
import { tableOf } from './table.ts'

export function environmentSection(shown: Shown): Markup {
  const { opened, drills } = shown.record
  const facts = [
    ['run', opened.run],
    ['runtime', opened.runtime],
    ['drills', `${drills.length} of ${opened.drills.length} opened`],
    ...(opened.seed === undefined ? [] : [['seed of their order', opened.seed]]),
    ...Object.entries(opened.machine),
    ...Object.entries(opened.versions),
  ]
  const digests = Object.entries(opened.digests).map((cells) => ({ cells: [cells[0], html`<code>${cells[1]}</code>`] }))
  return html`<section id="environment" aria-labelledby="environment-title">
<h2 id="environment-title">Environment and fidelity</h2>
${fidelityWords(shown)}${tableOf({ caption: 'What it ran on', head: ['what', 'value'], rows: facts.map((cells) => ({ cells })), look: 'facts' })}<details><summary>Files the run was made from, by their SHA-256: ${digests.length}</summary>
${tableOf({ caption: 'Digests of files', head: ['file', 'digest'], rows: digests, look: 'facts' })}</details>
</section>
`
}

function fidelityWords({ record }: Shown): Markup {
  const { acceleration, floors } = record.opened
  if (acceleration === 1) return html`<p>Fidelity: <strong>${fidelity(record)}</strong>. Every duration is that of production.</p>
`
  const meaning = `accelerated ${acceleration}x. Every duration of rules, routes and drills was divided by ${acceleration}; thresholds and rates are those of production.`
  const bound = floors.map(({ what, wanted, used }) => ({ cells: [what, wanted, used] }))
  return html`<p>Fidelity: <strong>${meaning}</strong>${floors.length === 0 ? html`` : html` Where an interval would have become shorter than what the tools can do, it is longer than its share:`}</p>
${tableOf({ caption: 'Floors that bound the acceleration', head: ['what', 'wanted', 'used'], rows: bound, look: 'facts' })}`
}

export function againSection({ record: { opened, drills } }: Shown): Markup {
  const rows = drills.map((drill) => ({ cells: [drill.id, html`<code class="command">${commandOf(drill, opened)}</code>`] }))
  return html`<section id="again" aria-labelledby="again-title">
<h2 id="again-title">How to reproduce</h2>
<dl class="setting"><div class="again"><dt>the whole run</dt><dd><code class="command">${opened.command}</code></dd></div><div class="again"><dt>judge the same journal again</dt><dd><code class="command">${judgedAgain(opened)}</code></dd></div></dl>
${tableOf({ caption: 'One drill alone', head: ['drill', 'command'], rows, look: 'facts' })}</section>
`
}
