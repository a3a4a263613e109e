// What the page says first: the verdict in one sentence, and the three things that matter most.
import type { Verdict } from '../../model/verdict.ts'
import { duration, endOfRun, fidelity, iso, MEANING, pointer, reasonsOf } from '../words.ts'
import type { TopReason } from '../words.ts'
import { amountOf } from './amount.ts'
import { blindSpotsOf, sayBlind } from './blind-spots.ts'
import { chainsOf, slowestToPage } from './chain.ts'
import type { Claims } from './claims.ts'
import { html, prose } from './markup.ts'
import type { Markup } from './markup.ts'
import { shortened } from './shortened.ts'
import type { Shown } from './shown.ts'
import { mark } from './verdict-mark.ts'

const MOST_REASONS = 3
const MOST_NAME = 140
const MOST_BECAUSE = 320

export function topOf(shown: Shown, claims?: Claims): Markup {
  const { record, judgement } = shown
  const { opened, tornLines } = record
  const end = endOfRun(record)
  const { verdict, because } = claims ?? judgement
  return html`<section id="verdict" class="top ${verdict}" aria-labelledby="verdict-title">
<h1 id="verdict-title">${mark(verdict, MEANING[verdict])}<span class="sentence">: ${prose(claims === undefined ? because : `${claims.phase}: ${because}`)}</span></h1>
<p class="run">Run <code>${judgement.run}</code>, ${iso(opened.at)} to ${iso(end)} (${duration(end - opened.at)}). Fidelity: <strong>${fidelityShort(shown)}</strong> <a href="#environment">what that means</a>.</p>
${tornLines === 0 ? html`` : html`<p><strong>The last line of the journal is torn:</strong> the harness was killed while it wrote.</p>
`}${verdict === 'pass' ? foundation(shown) : reasons(shown, claims)}</section>
`
}

function fidelityShort({ record }: Shown): string {
  const { acceleration, floors } = record.opened
  if (acceleration === 1 || floors.length === 0) return fidelity(record)
  return `accelerated ${acceleration}x, ${floors.length} intervals at their floor`
}

interface Reason extends Pick<TopReason, 'verdict' | 'what' | 'because' | 'lines'> {
  readonly drill: string
  readonly href?: string | undefined
}

function reasons(shown: Shown, claims: Claims | undefined): Markup {
  const all = [...claimReasons(claims), ...oneOfEachFirst(reasonsOf(shown.record, shown.judgement))]
  const items = all.slice(0, MOST_REASONS).map(({ verdict, drill, what, because, lines, href }: Reason) => {
    const where = href ?? (shown.anchors.has(drill) ? `#${shown.anchors.get(drill)}` : undefined)
    const name = [drill, what].filter(Boolean).join(': ')
    const told = where === undefined ? html`<strong>${prose(shortened(name, MOST_NAME))}</strong>` : html`<a href="${where}"><strong>${prose(shortened(name, MOST_NAME))}</strong></a>`
    return html`<li>${mark(verdict)} ${told}<br />${prose(shortened(because, MOST_BECAUSE))}${lines.length === 0 ? html`` : html` <code>${pointer(lines)}</code>`}</li>
`
  })
  const more = all.length - items.length
  return html`<h2>Why</h2>
<ol class="reasons">${items}</ol>
${more > 0 ? html`<p class="note">${more} more below.</p>` : html``}`
}

/** What blocks comes before what only advises. */
function claimReasons(claims: Claims | undefined): readonly Reason[] {
  const open = (claims?.rows ?? []).filter(({ verdict }) => verdict !== 'pass')
  const rank = ({ verdict, weight }: { readonly verdict: Verdict; readonly weight: string }) => (weight === 'blocking' ? 0 : 2) + (verdict === 'fail' ? 0 : 1)
  return open.toSorted((a, b) => rank(a) - rank(b)).map(({ id, claim, measured, verdict }) => ({ verdict, drill: '', what: `${id}, ${claim}`, because: measured, lines: [], href: '#claims' }))
}

/** Three reasons of one drill say less than one of each of three. */
function oneOfEachFirst(all: readonly TopReason[]): readonly TopReason[] {
  const firsts = new Set([...Map.groupBy(all, ({ verdict, drill }) => `${verdict} ${drill}`).values()].flatMap(([first]) => first ?? []))
  const fails = all.filter(({ verdict }) => verdict === 'fail')
  const others = all.filter(({ verdict }) => verdict !== 'fail')
  return [fails, others].flatMap((own) => [...own.filter((one) => firsts.has(one)), ...own.filter((one) => !firsts.has(one))])
}

/** A pass says what it stands on. */
function foundation(shown: Shown): Markup {
  const { drills } = shown.judgement
  const findings = drills.flatMap((drill) => drill.findings)
  const lines = new Set(findings.flatMap((finding) => finding.lines)).size
  const said = [
    `${findings.length === 1 ? '1 criterion holds' : `${findings.length} criteria hold`} in ${amountOf(drills.length, 'drill')}, shown by ${amountOf(lines, 'line')} of the journal.`,
    `${slowestToPage(chainsOf(shown)) ?? 'No alert was expected, and none was missed'}.`,
    `${sayBlind(blindSpotsOf(shown))}.`,
  ]
  return html`<h2>What it stands on</h2>
<ol class="reasons">${said.map((one) => html`<li>${prose(one)}</li>
`)}</ol>
`
}
