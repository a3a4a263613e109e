// Durations as SREs write them (Prometheus notation), and their arithmetic in milliseconds.
import { z } from 'zod'

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000, y: 31_536_000_000 } as const
const PATTERN = /^(?:\d+(?:\.\d+)?(?:ms|[smhdwy]))+$/
const PART = /(\d+(?:\.\d+)?)(ms|[smhdwy])/g

type Unit = keyof typeof UNIT_MS
/** `90s`, `1m30s`, `250ms`. A number without a unit does not compile. */
export type Duration = `${number}${Unit}` | `${number}${Unit}${number}${Unit}`

/** A duration in production time; the harness divides it when it accelerates. */
export const durationSchema = z
  .string()
  .regex(PATTERN, 'a duration such as 250ms, 90s, 1m30s')
  .describe('a duration such as 250ms, 90s, 1m30s') as unknown as z.ZodType<Duration, Duration>

/** Milliseconds of a duration text. Throws RangeError on anything else. */
export function parseDuration(text: string): number {
  if (!PATTERN.test(text)) throw new RangeError(`not a duration: ${text} (expected something like 250ms, 90s, 1m30s)`)
  return [...text.matchAll(PART)].reduce((sum, [, amount, unit]) => sum + Number(amount) * UNIT_MS[unit as Unit], 0)
}

/** The shortest exact text of whole milliseconds, such as 90000 -> 1m30s; fractions of a millisecond are rounded. */
export function formatDuration(ms: number): Duration {
  let rest = Math.round(ms)
  if (rest === 0) return '0s'
  let text = ''
  for (const unit of ['d', 'h', 'm', 's', 'ms'] as const) {
    const amount = Math.floor(rest / UNIT_MS[unit])
    if (amount > 0) text += `${amount}${unit}`
    rest -= amount * UNIT_MS[unit]
  }
  return text as Duration
}

/** For people: 41.2 s, 3 min 20 s, 12 ms. */
export function humanDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`
  const seconds = Math.round(ms / 1_000)
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
