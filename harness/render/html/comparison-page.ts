// Two runs held against each other, as a page: whether anything got worse beyond noise, and all that changed.
import type { ComparedRun, Comparison } from '../../model/comparison.ts'
import { isComparable, isWorse } from '../../model/comparison.ts'
import { summaryOf } from '../comparison.ts'
import { changesTable } from './changes.ts'
import { documentOf } from './document.ts'
import { html, prose } from './markup.ts'
import type { Markup } from './markup.ts'
import { tableOf } from './table.ts'
import { mark } from './verdict-mark.ts'

const PARTS = { verdict: 'What changed', changes: 'Changes', compared: 'Compared runs' }

export function renderComparison(comparison: Comparison): string {
  const { before, after, notes } = comparison
  return documentOf({
    title: `${wordOf(comparison)}: ${after.run} since ${before.run}`,
    main: html`<section id="verdict" class="top" aria-labelledby="verdict-title">
<h1 id="verdict-title">${wordOf(comparison)}<span class="sentence">: run <code>${after.run}</code> since <code>${before.run}</code></span></h1>
<p>${summaryOf({ ...comparison, onlyBefore: [], onlyAfter: [] })}.</p>
${notes.length === 0 ? html`` : html`<p>What else differs, so that a change may come from it:</p>
<ul>${notes.map((note) => html`<li>${prose(note)}</li>`)}</ul>
`}</section>
<section id="changes" aria-labelledby="changes-title">
<h2 id="changes-title">Changes</h2>
${comparison.changes.length === 0 ? html`<p>None beyond noise.</p>` : changesTable(comparison)}</section>
${runsSection(comparison)}`,
    parts: PARTS,
    foot: html`Times are those of production. A change is told when it is larger than what scrapes, evaluations and repeats bring about by chance.`,
  })
}

function wordOf(comparison: Comparison): string {
  if (!isComparable(comparison)) return 'Not comparable'
  return isWorse(comparison) ? 'Worse' : 'Nothing is worse'
}

function runsSection({ before, after, phases, common, onlyBefore, onlyAfter }: Comparison): Markup {
  const rows = [{ when: 'before', run: before }, { when: 'now', run: after }].map(({ when, run }) => ({ cells: [when, ...cellsOf(run)] }))
  const drills = [['phases of both', phases], ['both', common], ['only before', onlyBefore], ['only now', onlyAfter]] as const
  return html`<section id="compared" aria-labelledby="compared-title">
<h2 id="compared-title">Compared runs</h2>
${tableOf({ caption: 'The two runs', head: ['which', 'run', 'began', 'verdict', 'runtime', 'speed', 'command'], rows })}<dl class="setting">${drills.filter(([, names]) => names.length > 0).map(([which, names]) => html`<div><dt>${which}</dt><dd>${names.join(', ')}</dd></div>`)}</dl>
</section>
`
}

function cellsOf({ run, at, verdict, runtime, acceleration, command }: ComparedRun) {
  return [html`<code>${run}</code>`, `${at.slice(0, 16).replace('T', ' ')} UTC`, mark(verdict), runtime, acceleration === 1 ? 'production speed' : `${acceleration}x`, html`<code class="command">${command}</code>`]
}
