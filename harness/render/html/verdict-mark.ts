// A verdict as a sign and a word: told apart in grey, in print and by ear.
import type { Verdict } from '../../model/verdict.ts'
import { html } from './markup.ts'
import type { Markup } from './markup.ts'

const SIGN: Readonly<Record<Verdict, string>> = { pass: '✓', fail: '✕', inconclusive: '?' }

export function mark(verdict: Verdict, word: string = verdict): Markup {
  return html`<span class="mark ${verdict}"><span aria-hidden="true">${SIGN[verdict]}</span> ${word}</span>`
}
