// HTML that survives any text put into it: whatever a template is given is escaped, unless a template made it.
const MARKUP = Symbol('markup')

/** The key is a symbol, so that nothing read from a journal can pass for markup. */
export interface Markup {
  readonly [MARKUP]: string
}

export type Part = Markup | string | number | undefined | readonly Part[]

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** Controls, and signs that turn the direction of what stands beside them. */
const UNSEEN = /[\p{Cc}\u2028\u2029]+/gu
const TURNING = /[\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/g

/** Attributes have to stand in double quotes. Elements are written so that the page is well-formed XML as well. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const text = strings.reduce((all, literal, index) => `${all}${index === 0 ? '' : textOf(parts[index - 1])}${literal}`, '')
  return { [MARKUP]: text }
}

export function textOf(part: Part): string {
  if (part === undefined) return ''
  if (typeof part === 'string') return escaped(part)
  if (typeof part === 'number') return String(part)
  if (isList(part)) return part.map(textOf).join('')
  return MARKUP in part ? part[MARKUP] : escaped(JSON.stringify(part))
}

function isList(part: Markup | readonly Part[]): part is readonly Part[] {
  return Array.isArray(part)
}

function escaped(text: string): string {
  const safe = text.toWellFormed().replaceAll(UNSEEN, ' ').replaceAll(TURNING, '\uFFFD')
  return safe.replaceAll(/[&<>"']/g, (sign) => SIGNS[sign] ?? '')
}

/** For our own style and script, which hold no sign that would have to be escaped. */
export function verbatim(text: string): Markup {
  return { [MARKUP]: text }
}

/** Text in which what stands in backticks is code. */
export function prose(text: string): Markup {
  const parts = text.trim().split(/`([^`]*)`/)
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))}`
}

/** Fit for an `id` and for what leads to it. The number keeps two names apart that differ only in other signs. */
export function anchor(kind: string, index: number, name = ''): string {
  const own = name.replaceAll(/[^\w-]+/g, '-').slice(0, 60)
  return [kind, index + 1, own].filter((part) => part !== '').join('-')
}
