// What the page says first: the verdict in one sentence, the three things that matter most, and the answers people come for.
import type { Comparison } from '../../model/comparison.ts'
import type { GateJudgement } from '../../model/gate-finding.ts'
import { duration, endOfRun, fidelity, iso, MEANING } from '../words.ts'
import { amountOf } from './amount.ts'
import { blindSpotsOf, sayBlind } from './blind-spots.ts'
import { chainsOf, slowestToPage } from './chain.ts'
import { summaryOf } from '../comparison.ts'
import { html, prose } from './markup.ts'
import type { Markup } from './markup.ts'
import { topReasons, worstFirst } from './reasons.ts'
import type { Shown } from './shown.ts'
import { mark } from './verdict-mark.ts'

export function topOf(shown: Shown, changes?: Comparison): Markup {
  const { record, judgement } = shown
  const { opened, tornLines } = record
  const end = endOfRun(record)
  const gate = decisive(shown.gates)
  const { verdict, because } = gate ?? judgement
  return html`<section id="verdict" class="top ${verdict}" aria-labelledby="verdict-title">
<h1 id="verdict-title">${mark(verdict, MEANING[verdict])}<span class="sentence">: ${prose(gate === undefined ? because : `${gate.phase}: ${because}`)}</span></h1>
<p class="run">${gate === undefined ? '' : `Profile ${gate.profile}. `}Run <code>${judgement.run}</code>, ${iso(opened.at)} to ${iso(end)} (${duration(end - opened.at)}). Fidelity: <strong>${fidelityShort(shown)}</strong> <a href="#environment">what that means</a>.</p>
${tornLines === 0 ? html`` : html`<p><strong>The last line of the journal is torn:</strong> the harness was killed while it wrote.</p>
`}${otherGates(shown.gates, gate)}${verdict === 'pass' ? html`` : topReasons(shown)}${answers(shown, changes, verdict === 'pass')}</section>
`
}

/** Of several phases the one that stands worst; the first of those that stand alike. */
export function decisive(gates: readonly GateJudgement[]): GateJudgement | undefined {
  return worstFirst(gates)[0]
}

function otherGates(gates: readonly GateJudgement[], first: GateJudgement | undefined): Markup {
  const others = gates.filter((gate) => gate !== first)
  if (others.length === 0) return html``
  return html`<ul class="others">${others.map((gate) => html`<li>${mark(gate.verdict, MEANING[gate.verdict])} ${prose(`${gate.phase}: ${gate.because}`)}</li>`)}</ul>
`
}

function fidelityShort({ record }: Shown): string {
  const { acceleration, floors } = record.opened
  if (acceleration === 1 || floors.length === 0) return fidelity(record)
  return `accelerated ${acceleration}x, ${floors.length} intervals at their floor`
}

/** A pass says what it stands on. */
function answers(shown: Shown, changes: Comparison | undefined, passed: boolean): Markup {
  const { drills } = shown.judgement
  if (drills.length === 0 && changes === undefined) return html``
  const findings = [...shown.gates.flatMap((gate) => gate.findings.filter(({ how }) => how === 'judged')), ...drills.flatMap((drill) => drill.findings)]
  const lines = new Set(findings.flatMap((finding) => finding.lines)).size
  const holding = findings.filter(({ verdict }) => verdict === 'pass').length
  const slowest = slowestToPage(chainsOf(shown))
  const said = [
    html`${holding === 1 ? '1 criterion holds' : `${holding} criteria hold`} in ${amountOf(drills.length, 'drill')}, shown by ${amountOf(lines, 'line')} of the journal.`,
    slowest === undefined ? html`No expected alert was delivered.` : html`${slowest}. <a href="#alerts">All alerts, stage by stage</a>.`,
    html`${sayBlind(blindSpotsOf(shown))}. <a href="#blind">All blind spots</a>.`,
    ...(changes === undefined ? [] : [html`Since run <code>${changes.before.run}</code>: ${summaryOf({ ...changes, onlyBefore: [], onlyAfter: [] })}. <a href="#changes">What changed</a>.`]),
  ]
  return html`<h2>${passed ? 'What it stands on' : 'What else to know'}</h2>
<ul class="reasons">${said.map((one) => html`<li>${one}</li>
`)}</ul>
`
}
