// How fast each expected alert came, stage by stage: which was slowest to page, and where the time went.
import type { Finding } from '../../model/finding.ts'
import { humanDuration } from '../../model/duration.ts'
import { nameOf } from './findings.ts'
import { html } from './markup.ts'
import type { Markup } from './markup.ts'
import { tenth } from './plot.ts'
import type { Shown } from './shown.ts'
import { tableOf } from './table.ts'
import { mark } from './verdict-mark.ts'

const BAR = 300

export interface Chain {
  readonly drill: string
  readonly alert: string
  readonly finding: Finding
  /** Milliseconds of production from the fault to each stage; undefined where it was not reached. */
  readonly pending: number | undefined
  readonly firing: number | undefined
  readonly delivered: number | undefined
  /** From the end of the fault. */
  readonly resolved: number | undefined
}

/** The slowest to page first; those that never paged last. */
export function chainsOf({ record, judgement }: Shown): readonly Chain[] {
  const { acceleration } = record.opened
  const all = judgement.drills.flatMap(({ id, findings }) =>
    findings.flatMap((finding) => {
      if (finding.criterion.kind !== 'alert-fires') return []
      const timed = (name: string) => finding.times.filter((one) => one.name === name).map(({ ms }) => ms * acceleration)[0]
      return [{ drill: id, alert: nameOf(finding.criterion), finding, pending: timed('fault to pending'), firing: timed('fault to firing'), delivered: timed('fault to delivered'), resolved: timed('end of fault to resolved') }]
    }),
  )
  return all.toSorted((a, b) => (b.delivered ?? -1) - (a.delivered ?? -1) || (b.firing ?? -1) - (a.firing ?? -1))
}

export interface Part {
  readonly stage: 'seen' | 'for' | 'sent'
  readonly words: string
  readonly ms: number
}

/** Between one stage and the next. */
export function partsOf({ pending, firing, delivered }: Chain): readonly Part[] {
  const first = Math.min(...[pending, firing].filter((one) => one !== undefined))
  const seen = Number.isFinite(first) ? [{ stage: 'seen' as const, words: 'until the rule saw it', ms: first }] : []
  const waited = pending === undefined || firing === undefined ? [] : [{ stage: 'for' as const, words: 'from pending to firing', ms: Math.max(0, firing - pending) }]
  const sent = firing === undefined || delivered === undefined ? [] : [{ stage: 'sent' as const, words: 'from firing to the receiver', ms: Math.max(0, delivered - firing) }]
  return [...seen, ...waited, ...sent]
}

/** One sentence; undefined when no alert was delivered. */
export function slowestToPage(chains: readonly Chain[]): string | undefined {
  const [slowest] = chains
  if (slowest?.delivered === undefined) return undefined
  const [longest] = partsOf(slowest).toSorted((a, b) => b.ms - a.ms)
  const most = longest === undefined ? '' : `; most of it, ${humanDuration(longest.ms)}, ${longest.words}`
  return `Slowest to page: ${slowest.alert} in ${slowest.drill}, ${humanDuration(slowest.delivered)} after the fault${most}`
}

export function chainSection(shown: Shown): Markup {
  const chains = chainsOf(shown)
  if (chains.length === 0) return html``
  const longest = Math.max(1, ...chains.map(({ delivered, firing }) => delivered ?? firing ?? 0))
  const said = slowestToPage(chains)
  return html`<section id="alerts" aria-labelledby="alerts-title">
<h2 id="alerts-title">How fast alerts came</h2>
${said === undefined ? html`<p>No expected alert was seen to be delivered.</p>` : html`<p><strong>${said}.</strong></p>`}
<p class="note">Times of production${shown.record.opened.acceleration === 1 ? '' : `: measured, times ${shown.record.opened.acceleration}`}. <span class="key seen">fault to pending</span> <span class="key for">pending to firing</span> <span class="key sent">firing to delivered</span></p>
${tableOf({
    caption: 'Expected alerts, slowest to page first; all counted from the fault, resolved from its end',
    head: ['alert', 'drill', 'verdict', 'pending', 'firing', 'delivered', 'stages', 'resolved'],
    rows: chains.map((chain) => rowOf(chain, shown, longest)),
    look: 'chain',
  })}</section>
`
}

function rowOf(chain: Chain, { anchors }: Shown, longest: number) {
  const { drill, alert, finding, pending, firing, delivered, resolved } = chain
  const words = (ms: number | undefined) => (ms === undefined ? '–' : humanDuration(ms))
  const where = html`<a href="#${anchors.get(drill)}">${drill}</a>`
  return { verdict: finding.verdict, cells: [alert, where, mark(finding.verdict), words(pending), words(firing), words(delivered), stages(chain, longest), words(resolved)] }
}

function stages(chain: Chain, longest: number): Markup {
  const parts = partsOf(chain)
  if (parts.length === 0) return html`${chain.finding.verdict === 'inconclusive' ? 'not judged' : 'never seen'}`
  const scale = BAR / longest
  let x = 0
  const bars = parts.map(({ stage, words, ms }) => {
    const from = x
    x += ms * scale
    return html`<rect class="${stage}" x="${tenth(from)}" y="1" width="${tenth(ms * scale)}" height="10"><title>${humanDuration(ms)} ${words}</title></rect>`
  })
  return html`<svg viewBox="0 0 ${BAR} 12" preserveAspectRatio="none" class="bar" role="img" aria-label="${parts.map(({ words, ms }) => `${humanDuration(ms)} ${words}`).join(', ')}">${bars}</svg>`
}
