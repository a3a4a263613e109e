// What changed since an earlier run, where the page is told of one: worst first, in the words of `harness compare`.
import type { Change, Comparison, Direction } from '../../model/comparison.ts'
import { sayChange, summaryOf } from '../comparison.ts'
import { html, prose } from './markup.ts'
import type { Markup } from './markup.ts'
import { tableOf } from './table.ts'

const SIGN: Readonly<Record<Direction, string>> = { worse: '▼', changed: '◆', better: '▲' }

export function changesSection(comparison: Comparison | undefined): Markup {
  if (comparison === undefined) return html``
  const { before, notes } = comparison
  return html`<section id="changes" aria-labelledby="changes-title">
<h2 id="changes-title">What changed</h2>
<p>Since run <code>${before.run}</code>: <strong>${summaryOf(comparison)}.</strong></p>
${notes.length === 0 ? html`` : html`<ul>${notes.map((note) => html`<li>${prose(note)}</li>`)}</ul>
`}${changesTable(comparison)}</section>
`
}

/** Nothing at all without changes. */
export function changesTable({ changes }: Comparison): Markup {
  return tableOf({ caption: 'Changes beyond noise, worst first', head: ['what', 'direction', 'why'], rows: changes.map(rowOf), look: 'changes' })
}

function rowOf(change: Change) {
  const because = 'because' in change && change.direction === 'worse' ? change.because : ''
  return { cells: [prose(sayChange(change)), html`<strong class="${change.direction}">${SIGN[change.direction]} ${change.direction}</strong>`, prose(because)] }
}
