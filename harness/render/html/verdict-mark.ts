// A verdict as a sign and a word: told apart in grey, in print and by ear.
import type { GateState } from '../gate-words.ts'
import { html } from './markup.ts'
import type { Markup } from './markup.ts'

const SIGN: Readonly<Record<GateState, string>> = { pass: '✓', fail: '✕', inconclusive: '?', skipped: '↷', undecidable: '∅', later: '…' }

/** What a gate left unjudged has a sign of its own: it is neither a pass nor a doubt. */
export function mark(state: GateState, word: string = state): Markup {
  return html`<span class="mark ${state}"><span aria-hidden="true">${SIGN[state]}</span> ${word}</span>`
}
