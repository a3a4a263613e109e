// What a phase claims, claim by claim: what was asked and measured, what came of it, what shows it, and how to look again.
import { amountOf } from './amount.ts'
import type { GateFinding, GateJudgement } from '../../model/gate-finding.ts'
import { stateOf } from '../gate-words.ts'
import type { GateState } from '../gate-words.ts'
import { gateCommandOf } from './commands.ts'
import { evidenceLines } from './findings.ts'
import { html, prose } from './markup.ts'
import type { Markup, Part } from './markup.ts'
import { shortened } from './shortened.ts'
import type { Shown } from './shown.ts'
import { filterFor, tableOf } from './table.ts'
import { tracedExamples } from './traced-examples.ts'
import { mark } from './verdict-mark.ts'

/** What a drill said at length its own part of the page says whole. */
const MOST_BECAUSE = 400
const MOST_DRILLS = 6
const STATES: readonly GateState[] = ['fail', 'inconclusive', 'skipped', 'pass', 'undecidable', 'later']
/** Which question stands above the rows of a state. */
const MEANINGS: Readonly<Partial<Record<GateState, string>>> = {
  skipped: 'left out by whoever began the run, with their reason',
  undecidable: 'no machine can decide it here',
  later: 'decided in a profile that takes longer',
}

/** One part for each phase the run was made for. */
export function claimsSections(shown: Shown): Markup {
  return html`${shown.gates.map((gate, index) => claimsSection(gate, claimsId(index), shown))}`
}

/** Of the part of the page that holds the claims of a phase, by the order of the phases. */
export function claimsId(index: number): string {
  return index === 0 ? 'claims' : `claims-${index + 1}`
}

/** Where the row of a finding stands on the page. */
export function claimAnchor({ phase }: Pick<GateJudgement, 'phase'>, { criterion }: GateFinding): string {
  return `claim-${phase}-${criterion.id}`
}

function claimsSection(gate: GateJudgement, id: string, shown: Shown): Markup {
  const { phase, findings, profile } = gate
  const counts = STATES.map((state) => ({ state, amount: findings.filter((one) => stateOf(one) === state).length })).filter(({ amount }) => amount > 0)
  const meanings = counts.flatMap(({ state }) => MEANINGS[state] === undefined ? [] : [html` <strong>${state}</strong>: ${MEANINGS[state]}.`])
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">Claims of ${phase}</h2>
<p class="question">${prose(gate.title)}</p>
<p class="counts">${counts.map(({ state, amount }) => html`${mark(state, `${amount} ${state}`)} `)}</p>
<p class="note">Judged in the ${profile} profile. What is advisory is told, and never decides.${meanings}</p>
${filterFor(`${id}-table`, 'claims', counts.map(({ state }) => state))}${tableOf({
    caption: `What ${phase} claims, and what was measured`,
    head: ['claimed', 'verdict', 'measured', 'evidence'],
    rows: STATES.flatMap((state) => findings.filter((one) => stateOf(one) === state)).map((finding) => rowOf(gate, finding, shown)),
    id: `${id}-table`,
    look: 'claims',
  })}${tracedExamples(gate, shown)}</section>
`
}

function rowOf(gate: GateJudgement, finding: GateFinding, shown: Shown) {
  const { criterion, sentence, because, lines } = finding
  const { id, claim, claims, source, question, weight } = criterion
  const numbers = claims.length === 0 ? '' : `, ${claims.length === 1 ? 'claim' : 'claims'} ${claims.join(', ')}`
  const again = finding.how === 'undecidable' ? html`` : html`<br /><span class="note">again:</span> <code class="command">${gateCommandOf(gate, finding, shown.record.opened)}</code>`
  return {
    id: claimAnchor(gate, finding),
    verdict: stateOf(finding),
    cells: [
      html`<code>${id}</code> ${prose(claim)}<br /><span class="note">${prose(question)} <cite>${source}${numbers}</cite></span>`,
      html`${mark(stateOf(finding))}<br /><span class="note">${weight}</span>`,
      html`${prose(shortened(because, MOST_BECAUSE))}<br /><span class="note">asked: ${prose(sentence)}</span>${again}`,
      html`${lines.length === 0 ? html`none of its own` : evidenceLines(lines, shown.bySeq)}${drillsOf(finding, shown)}`,
    ],
  }
}

/** The drills that decide it, each with its own part of the page. */
function drillsOf({ criterion: { check } }: GateFinding, { record, anchors }: Shown): Part {
  const names = check?.kind === 'drill' ? (check.drills ?? []) : check?.kind === 'load' ? [check.drill] : []
  const own = record.drills.filter(({ drill, id }) => names.includes(drill.name) && anchors.has(id))
  const links = own.slice(0, MOST_DRILLS).map(({ id }, index) => html`${index === 0 ? ' shown by ' : ', '}<a href="#${anchors.get(id)}">${id}</a>`)
  return own.length > MOST_DRILLS ? html`${links} and ${amountOf(own.length - MOST_DRILLS, 'more drill')}` : html`${links}`
}
