// How checks say things: one way for labels, times, counts and lists.
import { humanDuration } from '../model/duration.ts'
import type { Labels } from '../model/evidence.ts'

/** `{service=sample, severity=page}`, without the alert's own bookkeeping labels; empty text for no labels. */
export function sayLabels(labels: Labels | undefined): string {
  const shown = Object.entries(labels ?? {}).filter(
    ([name]) => name !== 'alertname' && name !== 'alertstate' && name !== '__name__',
  )
  if (shown.length === 0) return ''
  return `{${shown
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')}}`
}

/** `SlowResponseTime{service=sample}` */
export function sayAlert(alert: string, labels: Labels | undefined): string {
  return `${alert}${sayLabels(labels)}`
}

/** Real time, and production time beside it when the run was accelerated. */
export function sayTime(ms: number, acceleration: number): string {
  return acceleration === 1
    ? humanDuration(ms)
    : `${humanDuration(ms)} (${humanDuration(ms * acceleration)} in production)`
}

/** A figure for people: at most three decimals, no trailing zeros. */
export function sayNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  return size !== 0 && size < 0.001 ? value.toPrecision(3) : String(Number(value.toFixed(size < 10 ? 3 : 1)))
}

/** `1 span`, `3 spans`, `3 series`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 || noun.endsWith('s') ? '' : 's'}`
}

/** The first few of many, and how many more there are. */
export function sayList(items: readonly string[], limit = 4): string {
  const more = items.length - limit
  return more > 0 ? `${items.slice(0, limit).join(', ')} and ${more} more` : items.join(', ')
}

/** What a source says it is missing, as the end of a sentence. */
export function sayMissing(missing: string | undefined): string {
  return missing === undefined ? '' : `: ${missing}`
}
