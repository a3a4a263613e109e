// The claims of a phase, as plain rows: what a gate puts in front of the run that answers them.
import type { Verdict } from '../../model/verdict.ts'
import { html, prose } from './markup.ts'
import type { Markup } from './markup.ts'
import type { Shown } from './shown.ts'
import { filterFor, tableOf } from './table.ts'
import { mark } from './verdict-mark.ts'

export interface ClaimRow {
  readonly id: string
  /** What was promised, in our words. */
  readonly claim: string
  readonly question: string
  readonly measured: string
  readonly verdict: Verdict
  /** What shows it; text in backticks is code. */
  readonly evidence: string
  /** `blocking` or `advisory`. */
  readonly weight: string
  /** The drill that shows it, to which the row then leads. */
  readonly drill?: string
}

export interface Claims {
  /** Such as phase-6. */
  readonly phase: string
  /** Of the whole phase; it stands where that of a run would. */
  readonly verdict: Verdict
  readonly because: string
  readonly rows: readonly ClaimRow[]
}

export function claimsSection(claims: Claims | undefined, { anchors }: Pick<Shown, 'anchors'>): Markup {
  if (claims === undefined) return html``
  const rows = claims.rows.map(({ id, claim, question, measured, verdict, evidence, weight, drill }) => {
    const where = drill === undefined ? undefined : anchors.get(drill)
    const shown = where === undefined ? prose(evidence) : html`${prose(evidence)} <a href="#${where}">${drill}</a>`
    return { verdict, cells: [id, html`${prose(claim)}${question === '' ? html`` : html`<br /><span class="note">${prose(question)}</span>`}`, prose(measured), mark(verdict), shown, weight] }
  })
  return html`<section id="claims" aria-labelledby="claims-title">
<h2 id="claims-title">Claims of ${claims.phase}</h2>
${filterFor('claims-table', 'claims')}${tableOf({ caption: `What ${claims.phase} claims, and what was measured`, head: ['id', 'claimed', 'measured', 'verdict', 'evidence', 'weight'], rows, id: 'claims-table' })}</section>
`
}
