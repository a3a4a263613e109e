// The two maps of a run: edges against faults, and alerts against drills. Every cell says its meaning in a word.
import { slotsOfAll } from '../edge-slots.ts'
import type { Slot } from '../edge-slots.ts'
import { ruleGrid } from '../rule-grid.ts'
import type { RuleCell, RuleWord } from '../rule-grid.ts'
import { html } from './markup.ts'
import type { Markup, Part } from './markup.ts'
import type { Shown } from './shown.ts'
import { shortened } from './shortened.ts'
import { tableOf } from './table.ts'
import { mark } from './verdict-mark.ts'

const MOST_SLOTS = 3
const MOST_NAME = 32
/** With more drills than these a cell has room for a sign alone. */
const MOST_WORDS = 12

export function matrixSection(shown: Shown): Markup {
  const slots = slotsOfAll(shown.record, shown.judgement)
  if (slots.length === 0) return html``
  const edges = slots.filter(({ target }) => isEdge(target))
  const services = slots.filter(({ target }) => !isEdge(target))
  return html`<section id="edges" aria-labelledby="edges-title">
<h2 id="edges-title">What each fault did</h2>
<p class="note">Of each drill with one fault: the verdict, what users got (share of good operations and p95, before and during), and which alerts began to fire.</p>
${matrix('edge', edges, shown)}${matrix('service', services, shown)}</section>
`
}

function isEdge(target: string): boolean {
  return target.includes('->')
}

function matrix(hurt: 'edge' | 'service', slots: readonly Slot[], shown: Shown): Markup {
  const kinds = [...new Set(slots.map(({ kind }) => kind))].sort()
  const targets = [...Map.groupBy(slots, ({ target }) => target)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const rows = targets.map(([target, own]) => ({
    cells: [html`<code>${edgeName(target)}</code>`, ...kinds.map((kind) => slotCell(own.filter((slot) => slot.kind === kind), shown))],
  }))
  return tableOf({ caption: hurt === 'edge' ? 'Edges and faults' : 'Services and faults', head: [hurt, ...kinds], rows, look: 'matrix' })
}

/** The worst first; of those alike the one of which nobody was told. */
function slotCell(slots: readonly Slot[], shown: Shown): Part {
  if (slots.length === 0) return html`<span class="note">not run</span>`
  const ordered = (['fail', 'inconclusive', 'pass'] as const).flatMap((wanted) => slots.filter(({ verdict }) => verdict === wanted).toSorted((a, b) => a.alerts.length - b.alerts.length))
  const more = ordered.length - MOST_SLOTS
  return html`${ordered.slice(0, MOST_SLOTS).map((slot) => slotWords(slot, shown))}${more > 0 ? html`<span class="note">and ${more} more</span>` : html``}`
}

/** An arrow is never torn. */
function edgeName(target: string): Markup {
  const [from, to] = target.split('->')
  return to === undefined ? html`${target}` : html`${from}<span class="arrow">-></span>${to}`
}

function slotWords({ verdict, users, alerts, drill, watched }: Slot, { anchors }: Shown): Markup {
  const told = alerts.length === 0 ? html`<strong class="none">${watched ? '◌ no alert' : '– alerts not watched'}</strong>` : html`▲ ${alerts.join(', ')}`
  return html`<div class="slot">${mark(verdict)} <a href="#${anchors.get(drill)}">${shortened(drill, MOST_NAME)}</a><br />${users?.replaceAll('->', '→') ?? 'users not seen'}<br />${told}</div>`
}

/** By sign and word; silence is the usual case and only a dot. */
const SIGNS: Readonly<Record<RuleWord, string>> = { fired: '●', missing: '✕', unasked: '!', allowed: '○', 'since before': '◐', 'not judged': '?', 'not seen': '–', silent: '·' }
const MEANINGS: Readonly<Record<RuleWord, string>> = {
  fired: 'fired as asked for',
  missing: 'asked for, and silent',
  unasked: 'fired, though neither asked for nor allowed',
  allowed: 'fired, and may have',
  'since before': 'was firing when the drill began',
  'not judged': 'asked for, with no verdict',
  'not seen': 'alerts were not watched',
  silent: 'neither asked for nor fired',
}

export function ruleMapSection({ record, judgement }: Shown): Markup {
  const grid = ruleGrid(record, judgement)
  if (grid === undefined) return html``
  const terse = grid.drills.length > MOST_WORDS
  const rows = grid.rows.map(({ alert, cells }) => ({ cells: [alert, ...cells.map((cell) => ruleCell(cell, terse))] }))
  const legend = Object.entries(MEANINGS).map(([word, meaning]) => html`<li><span class="heat ${lookOf(word)}">${SIGNS[word as RuleWord]} ${word}</span> ${meaning}</li>`)
  return html`<section id="rules" aria-labelledby="rules-title">
<h2 id="rules-title">Alerts and drills</h2>
<ul class="legend">${legend}</ul>
${tableOf({ caption: 'What each alert came to in each drill', head: ['alert', ...grid.drills.map((name) => html`<span class="upright">${name}</span>`)], rows, look: 'heatmap' })}${grid.silent.length === 0 ? html`` : html`<p class="note">Loaded, not asked for, and seen firing in none of them: ${grid.silent.join(', ')}.</p>
`}</section>
`
}

function lookOf(word: string): string {
  return word.replaceAll(' ', '-')
}

function heat(word: RuleWord, terse: boolean): Markup {
  if (word === 'silent' || terse) return html`<span class="heat ${lookOf(word)}" title="${MEANINGS[word]}">${SIGNS[word]}<span class="unseen"> ${word}</span></span>`
  return html`<span class="heat ${lookOf(word)}" title="${MEANINGS[word]}">${SIGNS[word]} ${word}</span> `
}

function ruleCell(cells: readonly RuleCell[], terse: boolean): Markup {
  const repeated = cells.reduce((sum, { executions }) => sum + executions, 0) > 1
  return html`${cells.map(({ words, executions }) => html`${words.map((word) => heat(word, terse))}${repeated ? html`×${executions} ` : html``}`)}`
}
