// What was asked of a drill and what came of it: verdict, reason, the lines of the journal that show it, and measured times.
import type { AnyCriterion } from '../../model/criterion.ts'
import type { Entry } from '../../model/entry.ts'
import type { Finding, MeasuredTime } from '../../model/finding.ts'
import { duration, iso, pointer } from '../words.ts'
import { wordsFor } from './evidence-words.ts'
import { html, prose } from './markup.ts'
import type { Markup } from './markup.ts'
import { shortened } from './shortened.ts'
import type { Shown } from './shown.ts'
import { tableOf } from './table.ts'
import { mark } from './verdict-mark.ts'

/** A finding that stands on a hundred lines is believed by the first few; the pointer names all. */
const MOST_LINES = 6
const MOST_LETTERS = 140
const ORDER = ['fail', 'inconclusive', 'pass'] as const

/** What does not hold comes first. */
export function findingsTable(id: string, findings: readonly Finding[], { bySeq }: Shown): Markup {
  const ordered = ORDER.flatMap((wanted) => findings.filter(({ verdict }) => verdict === wanted))
  const rows = ordered.map(({ verdict, sentence, because, lines }) => {
    return { verdict, cells: [prose(sentence), mark(verdict), prose(because), evidenceLines(lines, bySeq)] }
  })
  return tableOf({ caption: `Criteria of ${id}`, head: ['criterion', 'verdict', 'because', 'evidence'], rows, look: 'findings' })
}

/** The pointer, and behind it what those lines hold. */
export function evidenceLines(lines: readonly number[], bySeq: ReadonlyMap<number, Entry>): Markup {
  if (lines.length === 0) return html`none of its own`
  const known = [...new Set(lines)].sort((a, b) => a - b).flatMap((line) => bySeq.get(line) ?? [])
  const shown = known.slice(0, MOST_LINES).map((entry) => html`<li><code>${entry.seq}</code> ${iso(entry.at).slice(11, 23)} ${prose(shortened(wordsFor(entry), MOST_LETTERS))}</li>`)
  const more = known.length - MOST_LINES
  return html`<details class="lines"><summary><code>${pointer(lines)}</code></summary><ul>${shown}${more > 0 ? html`<li>and ${more} more</li>` : html``}</ul></details>`
}

/** Real times, and those of production where the run was accelerated. */
export function timesTable(id: string, findings: readonly Finding[], { record: { opened } }: Shown): Markup {
  const { acceleration } = opened
  const rows = findings.flatMap(({ criterion, times }) => {
    const of = nameOf(criterion)
    return times.map((time) => ({ cells: [of, time.name, ...cells(time, acceleration)] }))
  })
  const production = acceleration === 1 ? [] : [`measured, production (×${acceleration})`, 'allowed, production']
  return tableOf({ caption: `Measured times of ${id}`, head: ['of', 'time', 'measured', 'allowed', ...production], rows, look: 'times' })
}

/** Of one alert several are asked for, by their labels. */
export function nameOf(criterion: AnyCriterion): string {
  if (!('alert' in criterion)) return criterion.kind
  const labels = 'labels' in criterion ? Object.entries(criterion.labels ?? {}) : []
  return `${criterion.alert}${labels.length === 0 ? '' : `{${labels.map(([name, value]) => `${name}=${value}`).join(', ')}}`}`
}

function cells({ ms, limitMs }: MeasuredTime, acceleration: number): readonly string[] {
  const real = [duration(ms), duration(limitMs)]
  return acceleration === 1 ? real : [...real, duration(ms * acceleration), limitMs === undefined ? '' : duration(limitMs * acceleration)]
}
