// The three reasons that matter most, each with where it is shown and the command that looks again.
import type { GateJudgement } from '../../model/gate-finding.ts'
import { pointer, reasonsOf } from '../words.ts'
import type { TopReason } from '../words.ts'
import { claimAnchor } from './claims.ts'
import { commandOf, gateCommandOf } from './commands.ts'
import { html, prose } from './markup.ts'
import type { Markup } from './markup.ts'
import { shortened } from './shortened.ts'
import type { Shown } from './shown.ts'
import { mark } from './verdict-mark.ts'

const MOST_REASONS = 3
const MOST_NAME = 140
const MOST_BECAUSE = 320

interface Reason extends Pick<TopReason, 'verdict' | 'because' | 'lines'> {
  readonly name: string
  readonly href?: string | undefined
  readonly command?: string | undefined
}

export function topReasons(shown: Shown): Markup {
  const drills = oneOfEachFirst(reasonsOf(shown.record, shown.judgement)).map((reason) => ofDrill(reason, shown))
  const gates = worstFirst(shown.gates).flatMap((gate) => ofGate(gate, shown))
  const outside = drills.filter(({ href }) => href === undefined)
  const inside = drills.filter(({ href }) => href !== undefined)
  const failed = (all: readonly Reason[]) => all.filter(({ verdict }) => verdict === 'fail')
  const open = (all: readonly Reason[]) => all.filter(({ verdict }) => verdict !== 'fail')
  const all = gates.length === 0 ? drills : [...failed(gates), ...outside, ...open(gates), ...inside]
  const more = all.length - MOST_REASONS
  return html`<h2>Why</h2>
<ol class="reasons">${all.slice(0, MOST_REASONS).map(itemOf)}</ol>
${more > 0 ? html`<p class="note">${more} more below.</p>` : html``}`
}

/** In the order of the run where they stand alike. */
export function worstFirst(gates: readonly GateJudgement[]): readonly GateJudgement[] {
  return (['fail', 'inconclusive', 'pass'] as const).flatMap((verdict) => gates.filter((gate) => gate.verdict === verdict))
}

function itemOf({ verdict, name, because, lines, href, command }: Reason): Markup {
  const title = html`<strong>${prose(shortened(name, MOST_NAME))}</strong>`
  return html`<li>${mark(verdict)} ${href === undefined ? title : html`<a href="${href}">${title}</a>`}<br />${prose(shortened(because, MOST_BECAUSE))}${lines.length === 0 ? html`` : html` <code>${pointer(lines)}</code>`}${command === undefined ? html`` : html`<br /><span class="note">Again:</span> <code class="command">${command}</code>`}</li>
`
}

/** What blocks; what is only advised never keeps a phase from being ready. */
function ofGate(gate: GateJudgement, { record }: Shown): readonly Reason[] {
  const blocking = gate.findings.filter(({ criterion, how, verdict }) => criterion.weight === 'blocking' && how !== 'another-profile' && verdict !== 'pass')
  const ordered = [...gate.reasons, ...blocking.filter((finding) => !gate.reasons.some(({ criterion }) => criterion.id === finding.criterion.id))]
  return ordered.map((finding) => {
    const { criterion, verdict, because, lines } = finding
    return { verdict, name: `${criterion.id}: ${criterion.claim}`, because, lines, href: `#${claimAnchor(gate, finding)}`, command: gateCommandOf(gate, finding, record.opened) }
  })
}

function ofDrill({ verdict, drill, what, because, lines }: TopReason, { record, anchors }: Shown): Reason {
  const own = record.drills.find(({ id }) => id === drill)
  const where = anchors.get(drill)
  return { verdict, name: [drill, what].filter(Boolean).join(': '), because, lines, href: where && `#${where}`, command: own && commandOf(own, record.opened) }
}

/** Three reasons of one drill say less than one of each of three. */
function oneOfEachFirst(all: readonly TopReason[]): readonly TopReason[] {
  const firsts = new Set([...Map.groupBy(all, ({ verdict, drill }) => `${verdict} ${drill}`).values()].flatMap(([first]) => first ?? []))
  const fails = all.filter(({ verdict }) => verdict === 'fail')
  const others = all.filter(({ verdict }) => verdict !== 'fail')
  return [fails, others].flatMap((own) => [...own.filter((one) => firsts.has(one)), ...own.filter((one) => !firsts.has(one))])
}
