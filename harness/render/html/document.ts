// The frame of every page: opens from disk, asks for nothing from anywhere, and heeds nothing but its own style and script.
import { createHash } from 'node:crypto'
import { html, textOf, verbatim } from './markup.ts'
import type { Markup } from './markup.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'

export interface Document {
  readonly title: string
  readonly main: Markup
  /** Id of a section -> what leads to it; only of those that are there. */
  readonly parts: Readonly<Record<string, string>>
  readonly foot: Markup
}

export function documentOf({ title, main, parts, foot }: Document): string {
  const page = html`<html lang="en">
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
${linksTo(main, parts)}</ul></nav><button type="button" id="theme" hidden="hidden">Dark colours</button></div></header>
<main id="main" tabindex="-1">
${main}</main>
<footer>${foot}</footer>
<script>${verbatim(SCRIPT)}</script>
</body>
</html>
`
  return `<!DOCTYPE html>\n${textOf(page)}`
}

/** Whatever else were to stand on the page, nothing is fetched and nothing else runs. */
function policy(): string {
  const sha = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  return `default-src 'none'; style-src ${sha(STYLE)}; script-src ${sha(SCRIPT)}; img-src data:; base-uri 'none'; form-action 'none'`
}

function linksTo(main: Markup, parts: Document['parts']): readonly Markup[] {
  const text = textOf(main)
  return Object.entries(parts).flatMap(([id, name]) => (text.includes(`<section id="${id}"`) ? [html`<li><a href="#${id}">${name}</a></li>
`] : []))
}
