// Tables with a caption, headed columns and headed rows, in a frame that scrolls by itself on a narrow screen.
import { html } from './markup.ts'
import type { Markup, Part } from './markup.ts'

export interface Row {
  /** The first names the row. */
  readonly cells: readonly Part[]
  /** By which a filter tells rows apart. */
  readonly verdict?: string
  /** To which a link leads. */
  readonly id?: string
}

export interface Table {
  readonly caption: string
  readonly head: readonly Part[]
  readonly rows: readonly Row[]
  /** Given to a filter as well. */
  readonly id?: string
  readonly look?: string
}

/** Nothing at all without rows. */
export function tableOf({ caption, head, rows, id, look }: Table): Markup {
  if (rows.length === 0) return html``
  return html`<div class="frame" role="region" tabindex="0" aria-label="${caption}, a table that may scroll">
<table${id === undefined ? '' : html` id="${id}"`}${look === undefined ? '' : html` class="${look}"`}>
<caption>${caption}</caption>
<thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>
${rows.map(rowOf)}</tbody>
</table>
</div>
`
}

function rowOf({ cells: [first, ...others], verdict, id }: Row): Markup {
  return html`<tr${id === undefined ? '' : html` id="${id}"`}${verdict === undefined ? '' : html` data-verdict="${verdict}"`}><th scope="row">${first}</th>${others.map((cell) => html`<td>${cell}</td>`)}</tr>
`
}

/** What the script shows above a long table; without scripts all rows are there. */
export function filterFor(table: string, what: string, verdicts: readonly string[] = ['fail', 'inconclusive', 'pass']): Markup {
  const choices = ['all', ...verdicts]
  return html`<form class="filter" data-for="${table}" hidden="hidden" role="search" aria-label="Filter ${what}">
<label>Search ${what} <input type="search" /></label>
<label>Verdict <select>${choices.map((choice) => html`<option>${choice}</option>`)}</select></label>
<output aria-live="polite"></output>
</form>
`
}
