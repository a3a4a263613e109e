// All runs on one page, made from what is kept of each: how verdicts and detection times went, and the way to every report.
import { humanDuration } from '../../model/duration.ts'
import type { RunHistory } from '../../model/run-history.ts'
import { MEANING } from '../words.ts'
import { amountOf } from './amount.ts'
import { documentOf } from './document.ts'
import { html, prose } from './markup.ts'
import type { Markup } from './markup.ts'
import { alertLines, drillLines, gateLines, inARow, verdictOf } from './over-runs.ts'
import type { AlertLine, Line } from './over-runs.ts'
import { shortened } from './shortened.ts'
import { filterFor, tableOf } from './table.ts'
import { medianOf, timeTrend, verdictTrend } from './trend.ts'
import { mark } from './verdict-mark.ts'

const MOST_NAMES = 4
const MOST_BECAUSE = 160

export interface AllRuns {
  /** Oldest first. */
  readonly runs: readonly RunHistory[]
  /** Runs whose report lies under runs/. */
  readonly reports: ReadonlySet<string>
  /** Runs that left a journal, and of which nothing is kept: never judged, or by an earlier version. */
  readonly unjudged: readonly string[]
  /** What was kept of them cannot be read. */
  readonly unread: readonly string[]
}

const PARTS = { verdict: 'Newest', gates: 'Phases', drills: 'Drills', alerts: 'Alerts', runs: 'All runs' }

export function renderIndex(all: AllRuns): string {
  const { runs } = all
  return documentOf({
    title: `${amountOf(runs.length, 'run')} of the harness`,
    main: html`${headOf(all)}${trendSection('gates', 'Phases', gateLines(runs))}${trendSection('drills', 'Drills', drillLines(runs))}${alertSection(alertLines(runs))}${runSection(all)}`,
    parts: PARTS,
    foot: html`Made from <code>reports/history</code> alone, anew with every report and by <code>npx harness report --index</code>.`,
  })
}

function headOf({ runs, unjudged, unread }: AllRuns): Markup {
  const newest = runs.at(-1)
  const verdict = newest && verdictOf(newest)
  const left = [
    ...(unjudged.length === 0 ? [] : [html`<p class="note">${amountOf(unjudged.length, 'run')} left a journal and no verdict in the history: broken off, or of an earlier version. <code class="command">npx harness report ${unjudged.at(-1)}</code> judges the newest of them.</p>`]),
    ...(unread.length === 0 ? [] : [html`<p><strong>What was kept of ${amountOf(unread.length, 'run')} cannot be read:</strong> ${unread.join(', ')}.</p>`]),
  ]
  return html`<section id="verdict" class="top" aria-labelledby="verdict-title">
<h1 id="verdict-title">${newest === undefined || verdict === undefined ? 'No run is on record' : html`${mark(verdict, MEANING[verdict])}<span class="sentence">: the newest of ${amountOf(runs.length, 'run')}, ${nameOf(newest)}</span>`}</h1>
${newest === undefined ? html`` : html`<p class="run">${timeOf(newest)}, <code>${newest.run}</code>. ${prose(shortened(because(newest), MOST_BECAUSE))}.</p>
${verdictTrend(runs.map((one) => ({ run: one.run, verdict: verdictOf(one) })))}<p class="note">All runs, the newest at the right end: low is pass, middling inconclusive, tall fail.</p>
`}${left}</section>
`
}

/** The latest of each thing, and how it came there. */
function trendSection(id: 'gates' | 'drills', title: string, lines: readonly Line[]): Markup {
  if (lines.length === 0) return html``
  const rows = lines.map((line) => {
    const newest = line.all.at(-1)
    const passed = line.all.filter(({ verdict }) => verdict === 'pass').length
    const verdict = newest?.verdict ?? 'inconclusive'
    return { verdict, cells: [line.name, mark(verdict), `${inARow(line)} in a row`, `${passed} of ${line.all.length}`, verdictTrend(line.all)] }
  })
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${id === 'drills' ? filterFor('drills-trend', 'drills') : html``}${tableOf({ caption: `${title}: verdicts over the last runs, the newest at the right end: low is pass, middling inconclusive, tall fail`, head: [id === 'gates' ? 'phase and profile' : 'drill', 'newest', 'like this', 'passed', 'trend'], rows, id: `${id}-trend`, look: 'trends' })}</section>
`
}

function alertSection(lines: readonly AlertLine[]): Markup {
  if (lines.length === 0) return html``
  const rows = lines.map(({ alert, detection, delivery }) => {
    const all = detection.map(({ ms }) => ms)
    const words = (ms: number | undefined) => (ms === undefined ? '–' : humanDuration(ms))
    return { cells: [alert, words(all.at(-1)), words(medianOf(all)), words(Math.max(...all)), words(delivery.at(-1)?.ms), timeTrend(detection, `Detection of ${alert}`)] }
  })
  return html`<section id="alerts" aria-labelledby="alerts-title">
<h2 id="alerts-title">Alerts</h2>
<p class="note">From the fault, in times of production: those of an accelerated run multiplied. Of each run the slowest.</p>
${tableOf({ caption: 'How long alerts took to fire, slowest of the newest runs first', head: ['alert', 'newest', 'median', 'slowest', 'newest delivered', 'trend'], rows, look: 'trends' })}</section>
`
}

function runSection({ runs, reports }: AllRuns): Markup {
  if (runs.length === 0) return html``
  const rows = runs.toReversed().map((history) => {
    const { run, acceleration, runtime, ms } = history
    const verdict = verdictOf(history)
    const page = reports.has(run) ? html`<a href="runs/${encodeURIComponent(run)}/report.html">${run}</a>` : html`<code>${run}</code>`
    return { verdict, cells: [page, timeOf(history), nameOf(history), mark(verdict), prose(shortened(because(history), MOST_BECAUSE)), ms === undefined ? '–' : humanDuration(ms), `${acceleration === 1 ? 'production speed' : `${acceleration}x`}, ${runtime}`] }
  })
  return html`<section id="runs" aria-labelledby="runs-title">
<h2 id="runs-title">All runs</h2>
${filterFor('runs-table', 'runs')}${tableOf({ caption: 'Runs, the newest first; a run whose directory was removed has no report to lead to', head: ['run', 'began', 'what', 'verdict', 'because', 'took', 'fidelity'], rows, id: 'runs-table' })}</section>
`
}

function nameOf({ gates = [], drills }: RunHistory): string {
  if (gates.length > 0) return gates.map(({ phase, profile }) => `${phase} (${profile})`).join(', ')
  const names = [...new Set(drills.map(({ name }) => name))]
  return names.length <= MOST_NAMES ? names.join(', ') : `${names.slice(0, MOST_NAMES - 1).join(', ')} and ${names.length - MOST_NAMES + 1} more`
}

/** That of the phase which stands worst. */
function because(history: RunHistory): string {
  const worst = history.gates?.find(({ verdict }) => verdict === verdictOf(history))
  return worst?.because ?? history.because
}

/** To the minute, UTC. */
function timeOf({ at }: RunHistory): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)}`
}
