// The report for people as one page: opens from disk, asks for nothing from anywhere, and is the same for the same journal.
import { createHash } from 'node:crypto'
import type { Comparison } from '../../model/comparison.ts'
import type { Judgement } from '../../model/finding.ts'
import type { RunRecord } from '../../model/record.ts'
import { MEANING } from '../words.ts'
import { blindSpotsSection } from './blind-spots.ts'
import { chainSection } from './chain.ts'
import { changesSection } from './changes.ts'
import { claimsSection } from './claims.ts'
import type { Claims } from './claims.ts'
import { drillSections } from './drill-section.ts'
import { againSection, environmentSection } from './environment.ts'
import { html, textOf, verbatim } from './markup.ts'
import type { Markup } from './markup.ts'
import { matrixSection, ruleMapSection } from './matrices.ts'
import { overviewSection } from './overview.ts'
import { SCRIPT } from './script.ts'
import { shownOf } from './shown.ts'
import { STYLE } from './style.ts'
import { topOf } from './top.ts'

export interface Beside {
  /** Of the phase whose gate held this run. */
  readonly claims?: Claims
  /** Against the run before it. */
  readonly changes?: Comparison
}

export function renderHtml(record: RunRecord, judgement: Judgement, { claims, changes }: Beside = {}): string {
  const shown = shownOf(record, judgement)
  const main = html`${topOf(shown, claims)}${claimsSection(claims, shown)}${changesSection(changes)}${overviewSection(shown)}${chainSection(shown)}${matrixSection(shown)}${ruleMapSection(shown)}${blindSpotsSection(shown)}${drillSections(shown)}${environmentSection(shown)}${againSection(shown)}`
  const verdict = claims?.verdict ?? judgement.verdict
  const title = `${MEANING[verdict]}: ${claims === undefined ? 'run' : `${claims.phase}, run`} ${judgement.run}`
  return `<!DOCTYPE html>\n${textOf(document(title, main))}`
}

/** Whatever else were to stand on the page, nothing but its own style and script is heeded, and nothing is fetched. */
function policy(): string {
  const sha = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  return `default-src 'none'; style-src ${sha(STYLE)}; script-src ${sha(SCRIPT)}; img-src data:; base-uri 'none'; form-action 'none'`
}

function document(title: string, main: Markup): Markup {
  return html`<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="${policy()}" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>${title}</title>
<link rel="icon" href="data:," />
<style>${verbatim(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the verdict</a>
<header><div><nav aria-label="Parts of the report"><ul>
${linksTo(main)}</ul></nav><button type="button" id="theme" hidden="hidden">Dark colours</button></div></header>
<main id="main" tabindex="-1">
${main}</main>
<footer>Made from the journal of the run alone, which lies beside this page; every <code>journal.jsonl</code> number is a line of it.</footer>
<script>${verbatim(SCRIPT)}</script>
</body>
</html>
`
}

const PARTS: Readonly<Record<string, string>> = {
  verdict: 'Verdict',
  claims: 'Claims',
  changes: 'Changes',
  drills: 'Drills',
  alerts: 'Alerts',
  edges: 'Faults',
  rules: 'Alerts and drills',
  blind: 'Blind spots',
  each: 'Each drill',
  environment: 'Environment',
  again: 'Reproduce',
}

/** Only to what is there. */
function linksTo(main: Markup): readonly Markup[] {
  const text = textOf(main)
  return Object.entries(PARTS).flatMap(([id, name]) => (text.includes(`<section id="${id}"`) ? [html`<li><a href="#${id}">${name}</a></li>
`] : []))
}
